package dev.rollcall;

/**
 * Why a session ended. A session ends once, with exactly one of these causes (guarantee G2); the
 * documentation of each constant lists every call that can produce it.
 */
public enum EndCause {
    /** {@link Session#destroy()}, {@link Session#destroy(Transport)} or {@link SessionManager#destroy(long)}. */
    DESTROYED,

    /** {@link Session#destroyByAdmin()} or {@link SessionManager#destroyByAdmin(long)}. */
    ADMIN_DESTROYED,

    /** A sweep found an attached session without activity for its whole session timeout. */
    TIMED_OUT,

    /** {@link Transport#gone()} on the owner of a session whose reclaim timeout is zero. */
    TRANSPORT_GONE,

    /** {@link Transport#close()} on the owner of a session, whatever its reclaim timeout. */
    TRANSPORT_CLOSED,

    /** A sweep found a detached session that was not claimed within its reclaim timeout. */
    RECLAIM_EXPIRED,

    /** {@link SessionManager#close()} or {@link SessionManager#close(java.time.Duration)}. */
    SHUTDOWN;

    private static final EndCause[] CAUSES = values();

    /** The number of causes. */
    static final int COUNT = CAUSES.length;

    static EndCause of(int ordinal) {
        return CAUSES[ordinal];
    }
}
