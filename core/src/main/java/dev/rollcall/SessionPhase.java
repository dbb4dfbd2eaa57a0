package dev.rollcall;

/** The three phases of a session's life; see the diagram in the package description. */
public enum SessionPhase {
    /** Live and owned by a transport; ends when idle for its session timeout. */
    ATTACHED,

    /** Live without a transport; ends unless claimed within its reclaim timeout. */
    DETACHED,

    /** Over, for good. */
    ENDED
}
