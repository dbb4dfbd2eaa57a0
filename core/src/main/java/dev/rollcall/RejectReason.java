package dev.rollcall;

/** Why a create or a claim was refused; see {@link SessionRejectedException}. */
public enum RejectReason {
    /** Create: a live session has the id already. */
    DUPLICATE_ID,

    /** Create: as many sessions are live as the limit allows ({@link SessionManager#setMaxSessions}). */
    LIMIT_REACHED,

    /** Create or claim: the transport that was to own the session is gone. */
    TRANSPORT_GONE,

    /** Create: the manager is draining. */
    DRAINING,

    /** Create or claim: the manager is closed. */
    CLOSED,

    /** Claim: the session is guarded by a claim secret and another one, or none, was presented. */
    WRONG_SECRET;

    /** The number of reasons. */
    static final int COUNT = values().length;
}
