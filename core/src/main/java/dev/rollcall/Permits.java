package dev.rollcall;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The hard limit on live sessions (G9): one permit per session. Taken as the last step that can
 * refuse a create and given back when the session is out of the table, both under the shard's lock,
 * so that no path holds a permit without a session: there is no path to forget it on, and no create
 * is refused for the sake of another that then fails.
 */
final class Permits {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    Permits(long max) {
        this.max = max;
    }

    /** Takes a permit unless all are taken. Never exceeds the limit, not even for an instant. */
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
