package dev.rollcall.stress.soak;

import dev.rollcall.SessionCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One manager's life under everything at once: growth from nothing, rounds of work, drain, close.
 */
final class Epoch {
    private static final Duration ROUND = Duration.ofMillis(300);
    private static final Duration DRAIN = Duration.ofMillis(20);
    private static final Duration AFTERMATH = Duration.ofMillis(20);

    private final Stage stage;
    private final Auditing auditing;
    private final int workers;
    private final List<Thread> threads = new ArrayList<>();

    Epoch(Stage stage, int workers) {
        this.stage = stage;
        this.auditing = new Auditing(stage);
        this.workers = workers;
    }

    /**
     * Runs rounds for that long or until a check fails, then shuts down; false if a thread did not
     * come to rest.
     */
    boolean run(Duration length) throws InterruptedException {
        for (int i = 1; i <= workers; i++) {
            start("soak-worker-" + i, new Worker(stage));
        }
        start("soak-clock", new ClockHand(stage));
        start("soak-auditor", auditing);
        long end = System.nanoTime() + length.toNanos();
        boolean moving = true;
        while (moving && stage.findings.isEmpty() && System.nanoTime() - end < 0) {
            pause(ROUND);
            moving = stage.gate.whileAtRest(auditing::atRest);
        }
        return moving && shutDown();
    }

    private void start(String name, Runnable task) {
        stage.gate.enter();
        Thread thread = new Thread(() -> runReporting(task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void runReporting(Runnable task) {
        try {
            task.run();
        } catch (Throwable unexpected) { // any is a finding
            stage.findings.violation(Thread.currentThread().getName() + " failed: " + unexpected);
        } finally {
            stage.gate.leave();
        }
    }

    /** Drain and close, twice at once, in the midst of work; then what is left must be nothing. */
    private boolean shutDown() throws InterruptedException {
        boolean drained = stage.manager.drain(DRAIN);
        stage.findings.check(!drained || stage.manager.counts().live() == 0, "G10: drained, but sessions live");
        start("soak-closer", this::close);
        close();
        pause(AFTERMATH);
        boolean rested = stage.gate.whileAtRest(auditing::atRest);
        stage.gate.stop();
        for (Thread thread : threads) {
            thread.join();
        }
        return rested;
    }

    private void close() {
        stage.manager.close();
        SessionCounts counts = stage.manager.counts();
        stage.findings.check(counts.live() == 0, "G10: live after close: " + counts);
    }

    /** For the work to go on. */
    private static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
