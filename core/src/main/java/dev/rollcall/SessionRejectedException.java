package dev.rollcall;

import java.util.Objects;

/**
 * Thrown when a create or a claim is refused. Nothing was changed: no session, no permit, no count
 * but {@link SessionCounts#rejectedCreates} or {@link SessionCounts#rejectedClaims}.
 *
 * <p>A refusal is an ordinary answer under load (a transport that was lost meanwhile, a full
 * manager), not a defect, so the exception carries a {@linkplain #reason() reason} to branch on and
 * no stack trace.
 */
public final class SessionRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason, for callers to branch on. */
    private final RejectReason reason;

    SessionRejectedException(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = Objects.requireNonNull(reason);
    }

    /** One that tells what was refused, and that a recording knows of. */
    static SessionRejectedException of(String operation, RejectReason reason, String session, Transport<?> transport) {
        FlightLog.refused(operation, reason, transport);
        return new SessionRejectedException(
                reason, "cannot " + operation + ' ' + session + " on " + transport + ": " + reason);
    }

    /**
     * Why the operation was refused.
     *
     * @return the reason
     */
    public RejectReason reason() {
        return reason;
    }
}
