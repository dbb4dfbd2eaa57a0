package dev.rollcall.stress.soak;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings the threads of an epoch to rest between two operations, and finds out if one cannot come.
 */
final class Gate {
    /** The thread that brings the others to rest is a party too. */
    private final Phaser phaser = new Phaser(1);

    private final Duration patience;

    private volatile boolean closed;
    private volatile boolean stopped;

    /** A thread that has not come in that time cannot come. */
    Gate(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    /** Before the thread starts. */
    void enter() {
        phaser.register();
    }

    void leave() {
        phaser.arriveAndDeregister();
    }

    /** Between two operations of a thread; false if it is to end. */
    boolean pass() {
        if (closed) {
            phaser.arriveAndAwaitAdvance();
            phaser.arriveAndAwaitAdvance();
        }
        return !stopped;
    }

    /** Runs something while all threads rest; false if one did not come. */
    boolean whileAtRest(Runnable action) throws InterruptedException {
        closed = true;
        if (!arrive()) {
            return false;
        }
        action.run();
        closed = false;
        return arrive();
    }

    void stop() {
        stopped = true;
    }

    private boolean arrive() throws InterruptedException {
        try {
            phaser.awaitAdvanceInterruptibly(phaser.arrive(), patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException stuck) {
            return false;
        }
    }
}
