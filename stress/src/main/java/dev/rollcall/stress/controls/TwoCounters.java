package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Figures that are kept, and read, one after the other: live, created and ended. In between they
 * belong to different instants (Tomcat PR #713: more sessions expired than created).
 */
public final class TwoCounters {
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** Creates a session; the order is the defect: others may end it before it counts as created. */
    public void create() {
        live.incrementAndGet();
        created.incrementAndGet();
    }

    /** Ends a session. */
    public void end() {
        live.decrementAndGet();
        ended.incrementAndGet();
    }

    /** Live sessions. */
    public long live() {
        return live.get();
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
