package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit whose permit is given back by every path that sees the session end, not by the one that
 * ended it: two of them raise the limit for good (netty #14959: decremented on expiry and on
 * cancel).
 */
public final class LeakyPermits {
    private final AtomicLong free;
    private volatile boolean ended;

    /** A limit with one session, which holds a permit. */
    public LeakyPermits(long max) {
        free = new AtomicLong(max - 1);
    }

    /** Destroy or timeout of the session. */
    public boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        free.incrementAndGet();
        return true;
    }

    /** Whether one more session may be created. */
    public boolean tryCreate() {
        return free.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }
}
