package dev.rollcall;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a manager takes new sessions, and the wait for its last session to end.
 *
 * <p>Creates and claims read the phase inside their shard's critical section. A thread that changes
 * the phase then waits until every critical section that may have read the former phase has ended
 * ({@link Shard#awaitInFlight}). From then on every create and claim acts by the new phase.
 */
final class Lifecycle {
    private volatile ManagerPhase phase = ManagerPhase.OPEN;

    /** The number of threads in {@link #await}. Read by every signal, so that they miss none. */
    private final AtomicInteger waiters = new AtomicInteger();

    /**
     * How often waiting threads were told that something has happened. Guarded by this object's
     * monitor.
     */
    private long signals;

    ManagerPhase phase() {
        return phase;
    }

    /** Why a create is refused, or null if it is not. */
    @Nullable
    RejectReason refusal() {
        ManagerPhase now = phase;
        if (now == ManagerPhase.OPEN) {
            return null;
        }
        return now == ManagerPhase.DRAINING ? RejectReason.DRAINING : RejectReason.CLOSED;
    }

    synchronized void drain() {
        if (phase == ManagerPhase.OPEN) {
            phase = ManagerPhase.DRAINING;
        }
    }

    synchronized void close() {
        phase = ManagerPhase.CLOSED;
    }

    /** Something has happened that a waiter may wait for. With no lock held; allocates nothing. */
    void signal() {
        if (waiters.get() != 0) {
            synchronized (this) {
                signals++;
                notifyAll();
            }
        }
    }

    /**
     * Waits until a condition is true. Whatever can make it true calls {@link #signal} afterwards.
     *
     * @param nanos how long to wait at most
     * @return whether the condition was found true; false if the time came first, even if it has just come true
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
                            // Not asked once more: whatever makes it true signals, and a second look would only hide
                            // a signal that is missing.
                            return false;
                        }
                        // Rounded up, also because wait(0) would wait for ever.
                        wait(left / 1_000_000 + 1);
                    }
                }
            }
        } finally {
            waiters.decrementAndGet();
        }
    }
}
