package dev.rollcall.stress.run;

import java.io.PrintStream;
import java.time.Duration;

/** Tells the terminal how far the run is and how long it will take. */
final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final PrintStream terminal;
    private final boolean interactive;
    private final int total;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private int done;

    Progress(PrintStream terminal, boolean interactive, int total) {
        this.terminal = terminal;
        this.interactive = interactive;
        this.total = total;
    }

    /** One line that is overwritten on a terminal; every ten seconds one in a log. */
    void running(String test, JvmMode mode, Budget.Left left) {
        long now = System.nanoTime();
        if (!interactive && now - lastLine < QUIET.toNanos()) {
            return;
        }
        lastLine = now;
        String line = line(test, mode, now - start, left);
        if (interactive) {
            terminal.printf("\r%-110.110s", line);
            terminal.flush();
        } else {
            terminal.println(line);
        }
    }

    void done() {
        done++;
        if (done == total && interactive) {
            terminal.printf("\r%-110s\r", "");
        }
    }

    private String line(String test, JvmMode mode, long elapsed, Budget.Left left) {
        return String.format(
                "[%3d/%d] %s elapsed, %s left  %s (%s)",
                done, total, clock(elapsed), text(left), test.replace("dev.rollcall.stress.", ""), mode);
    }

    /** A busy machine makes it more than was told, which is said and not taken back. */
    static String text(Budget.Left left) {
        return (left.isAtLeast() ? "more than " : "") + clock(left.millis() * 1_000_000);
    }

    private static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return seconds / 60 + ":" + String.format("%02d", seconds % 60);
    }
}
