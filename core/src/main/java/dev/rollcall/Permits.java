package dev.rollcall;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The hard limit on live sessions (G9): one permit for each of them. A create takes a permit as the
 * last step that can refuse it, and the permit is given back once the session is out of the table,
 * both under the shard's lock. So nothing holds a permit without a session: no path can leak a
 * permit, and no create is refused because of another create that fails later.
 */
final class Permits {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    Permits(long max) {
        this.max = max;
    }

    /**
     * Takes a permit unless all are taken; true if it did. Never exceeds the limit, not even
     * briefly.
     */
    boolean tryTake() {
        long now = taken.get();
        while (now < max) {
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

    long taken() {
        return taken.get();
    }

    long max() {
        return max;
    }
}
