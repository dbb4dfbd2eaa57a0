package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One session and a counter for each transport. An end takes the session off the counter of the
 * transport that it knew, not of the one that the session was added to (spring-framework #29375: the
 * counter is chosen from a decorated session; SignalR #3459: after a fallback to another transport).
 */
public final class RememberedBucket {
    private final AtomicLong onA = new AtomicLong(1);
    private final AtomicLong onB = new AtomicLong();
    private volatile boolean isOnB;
    private boolean ended;

    /** Moves the session to B; whether it was live. */
    public boolean claim() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            onA.decrementAndGet();
            onB.incrementAndGet();
            isOnB = true;
            return true;
        }
    }

    /** Ends the session; whether this call did it. */
    public boolean destroy() {
        AtomicLong known = isOnB ? onB : onA;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            known.decrementAndGet();
            return true;
        }
    }

    /** How many sessions are on A, and how many on B. */
    public boolean isOnNone() {
        return onA.get() == 0 && onB.get() == 0;
    }
}
