package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Figures that are kept, and read, one after the other: attached and detached, created and ended. In
 * between they belong to different instants (emqx #18442: a gauge that is the difference of two
 * tables goes negative during takeover; Tomcat PR #713: more sessions expired than created).
 */
public final class TwoCounters {
    private final AtomicLong attached = new AtomicLong();
    private final AtomicLong detached = new AtomicLong();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** Creates a session; the order is the defect: others may end it before it counts as created. */
    public void create() {
        attached.incrementAndGet();
        created.incrementAndGet();
    }

    /** Ends an attached session. */
    public void end() {
        attached.decrementAndGet();
        ended.incrementAndGet();
    }

    /** An attached session loses its transport. */
    public void detach() {
        attached.decrementAndGet();
        detached.incrementAndGet();
    }

    /** Attached sessions. */
    public long attached() {
        return attached.get();
    }

    /** Detached sessions. */
    public long detached() {
        return detached.get();
    }

    /** Sessions ever created. */
    public long created() {
        return created.get();
    }

    /** Sessions ever ended. */
    public long ended() {
        return ended.get();
    }
}
