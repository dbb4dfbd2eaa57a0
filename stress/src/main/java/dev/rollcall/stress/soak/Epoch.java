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
     * come to rest or did not end.
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

    private Thread start(String name, Runnable task) {
        stage.gate.enter();
        Thread thread = new Thread(() -> runReporting(task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
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

    /**
     * Drain and close, twice at once, in the midst of work; then what is left must be nothing. All of it is done by
     * other threads, and each is waited for with limited patience, for one that is stuck must be told of.
     */
    private boolean shutDown() throws InterruptedException {
        if (!haveEnded(List.of(start("soak-drainer", this::drain)))
                || !haveEnded(List.of(start("soak-closer-1", this::close), start("soak-closer-2", this::close)))) {
            return false;
        }
        pause(AFTERMATH);
        // If a thread did not come to rest, the others wait at the gate for ever.
        if (!stage.gate.whileAtRest(auditing::atRest)) {
            return false;
        }
        stage.gate.stop();
        return haveEnded(threads);
    }

    private boolean haveEnded(List<Thread> some) throws InterruptedException {
        return Threads.end(some, stage.gate.patience());
    }

    private void drain() {
        try {
            boolean drained = stage.manager.drain(DRAIN);
            stage.findings.check(!drained || stage.manager.counts().live() == 0, "G10: drained, but sessions live");
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
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
