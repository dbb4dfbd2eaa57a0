package dev.rollcall;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Whether a manager takes new sessions, and the wait for its last one to end.
 *
 * <p>Creates and claims read the phase inside their shard's critical section. Whoever changes it
 * then lets every critical section that may have read the old one finish ({@link
 * Shard#awaitInFlight}); from then on the change binds everybody.
 */
final class Lifecycle {
    enum Phase {
        OPEN,
        DRAINING,
        CLOSED
    }

    private volatile Phase phase = Phase.OPEN;

    /** Threads in {@link #await}. Read after every end, so that a waiter misses none. */
    private final AtomicInteger waiters = new AtomicInteger();

    /** Guarded by this object's monitor. */
    private long signals;

    Phase phase() {
        return phase;
    }

    /** Why a create is refused, or null if it is not. */
    RejectReason refusal() {
        return switch (phase) {
            case OPEN -> null;
            case DRAINING -> RejectReason.DRAINING;
            case CLOSED -> RejectReason.CLOSED;
        };
    }

    synchronized void drain() {
        if (phase == Phase.OPEN) {
            phase = Phase.DRAINING;
        }
    }

    synchronized void close() {
        phase = Phase.CLOSED;
    }

    /** Sessions have ended. Called with no lock held. */
    void signalEnd() {
        if (waiters.get() != 0) {
            synchronized (this) {
                signals++;
                notifyAll();
            }
        }
    }

    /**
     * Waits until the condition, which only an end can make true, is true.
     *
     * @return the condition when the wait was over
     */
    boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long start = System.nanoTime();
        waiters.incrementAndGet();
        try {
            while (true) {
                long seen;
                synchronized (this) {
                    seen = signals;
                }
                if (condition.getAsBoolean()) {
                    return true;
                }
                synchronized (this) {
                    while (signals == seen) {
                        long left = nanos - (System.nanoTime() - start);
                        if (left <= 0) {
                            return false;
                        }
                        // Rounded up, so that the last wait is not a spin of zero-length waits.
                        wait(left / 1_000_000 + 1);
                    }
                }
            }
        } finally {
            waiters.decrementAndGet();
        }
    }
}
