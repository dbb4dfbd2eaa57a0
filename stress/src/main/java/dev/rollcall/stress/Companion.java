package dev.rollcall.stress;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A third thread for scenarios with three parts, where there are only processors for two actors: it
 * repeats an action while samples ask for it, and ends soon after the last one. With more threads than
 * processors each of them is stopped in the middle of what it does now and then, which is what such a
 * scenario is after.
 */
public final class Companion {
    private static final long PATIENCE_NANOS = 20_000_000;

    private final Runnable action;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long askedAt;

    /** Does nothing until it is asked to. */
    public Companion(Runnable action) {
        this.action = action;
    }

    /** Starts the thread, or lets it go on. */
    public void accompany() {
        askedAt = System.nanoTime();
        if (!running.get() && running.compareAndSet(false, true)) {
            Thread thread = new Thread(this::repeat, "companion");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void repeat() {
        try {
            while (System.nanoTime() - askedAt < PATIENCE_NANOS) {
                action.run();
            }
        } finally {
            running.set(false);
        }
    }
}
