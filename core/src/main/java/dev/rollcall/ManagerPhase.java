package dev.rollcall;

/**
 * Whether a {@link SessionManager} takes new sessions. A manager only ever moves down this list.
 */
public enum ManagerPhase {
    /** New sessions are taken. */
    OPEN,

    /** No new sessions are taken; live ones stay usable. See {@link SessionManager#drain()}. */
    DRAINING,

    /** Closed: no session is live, or the last ones are just being ended. */
    CLOSED
}
