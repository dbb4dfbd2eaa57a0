package dev.rollcall.stress;

/** How real session managers came to count or end wrongly: the classes of the bugs of the field. */
public enum Mechanism {
    DOUBLE_DECREMENT("double decrement"),
    UNOWNED("count of unowned"),
    ORPHAN("create against transport gone: orphan"),
    DUPLICATE_ID("duplicate id"),
    STALE_GENERATION("stale generation"),
    LOST_KEEPALIVE("lost keepalive"),
    CHECK_THEN_ACT("check-then-act"),
    LISTENER_ORDER("listener order"),
    WEAK_READ("weakly consistent read"),
    CALLBACK_UNDER_LOCK("callback under a lock");

    private final String label;

    Mechanism(String label) {
        this.label = label;
    }

    /** As the tables show it. */
    public String label() {
        return label;
    }
}
