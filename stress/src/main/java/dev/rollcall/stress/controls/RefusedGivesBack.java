package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit whose close handler gives a permit back for every connection, also for one that was
 * refused and never had one: the limit is raised by each refusal (envoy #22390, where the count
 * wraps round in the end and all traffic is refused; eclipse-hono #1856).
 */
public final class RefusedGivesBack {
    private final long max;
    private final AtomicLong taken;

    /** A limit with one session. */
    public RefusedGivesBack(long max) {
        this.max = max;
        this.taken = new AtomicLong(1);
    }

    /** Creates a session, or refuses and runs the close handler of the refused connection. */
    public boolean tryCreate() {
        if (taken.incrementAndGet() > max) {
            taken.decrementAndGet();
            closed();
            return false;
        }
        return true;
    }

    /** Ends the session. */
    public void end() {
        closed();
    }

    private void closed() {
        taken.decrementAndGet();
    }
}
