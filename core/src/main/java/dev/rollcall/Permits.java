package dev.rollcall;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The hard limit on live sessions (G9): one permit for each of them. A create takes a permit as the
 * last step that can refuse it, and the permit is given back once the session is out of the table,
 * both under the shard's lock. So nothing holds a permit without a session: no path can leak a
 * permit, and no create is refused because of another create that fails later.
 */
final class Permits {
    private volatile long max;
    private final AtomicLong taken = new AtomicLong();

    Permits(long max) {
        this.max = max;
    }

    /**
     * Takes a permit unless all are taken; true if it did. Never exceeds the limit, not even
     * briefly.
     */
    boolean tryTake() {
        long limit = max;
        long now = taken.get();
        while (now < limit) {
            long seen = taken.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    /**
     * Changes the limit. What is taken stays taken: if that is more, it becomes the limit.
     *
     * <p>A take that has read the former limit may still succeed by it. Takes happen under a shard's
     * lock, so none is left once each shard has been seen unlocked (D-25).
     *
     * <p>If the wait fails, as by a stack that overflows, the former limit stands. A create that comes
     * meanwhile may have been refused by the new one.
     *
     * @param permits the limit, or null if there is none
     * @param awaitTakes returns once no take is under way that was when it was called
     * @return the limit from now on
     */
    static long change(@Nullable Permits permits, long limit, Runnable awaitTakes) {
        if (limit < 0) {
            throw new IllegalArgumentException("cannot set limit: maxSessions " + limit + " is negative");
        }
        if (permits == null) {
            throw new IllegalStateException("cannot set limit: the manager was built without maxSessions");
        }
        synchronized (permits) {
            long former = permits.max;
            permits.max = limit;
            if (limit < former) {
                long settled = former;
                try {
                    awaitTakes.run();
                    settled = Math.max(limit, permits.taken());
                } finally {
                    permits.max = settled;
                }
            }
            return permits.max;
        }
    }

    long taken() {
        return taken.get();
    }

    long max() {
        return max;
    }
}
