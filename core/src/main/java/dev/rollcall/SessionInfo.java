package dev.rollcall;

import java.time.Duration;

/**
 * A session's details at one instant, for operators.
 *
 * @param id the session's id; a capability, so {@link #toString} shows only its end
 * @param phase attached, detached or ended
 * @param endCause why it ended, or {@code null} if it is live
 * @param transport the owner's name, or {@code null} unless attached
 * @param age time since creation, up to 135 milliseconds too long, or more if its manager was more
 *     than nine years old by then
 * @param idle attached: time since the last activity; detached: since the loss; ended: since either
 * @param sessionTimeout zero for ever
 * @param reclaimTimeout zero to end at once when the transport goes
 * @param claims how often the session was claimed, modulo 8,192
 * @param guarded whether claims need a secret
 */
public record SessionInfo(
        long id,
        SessionPhase phase,
        EndCause endCause,
        String transport,
        Duration age,
        Duration idle,
        Duration sessionTimeout,
        Duration reclaimTimeout,
        int claims,
        boolean guarded) {

    SessionInfo(Session<?> session, long nowQuanta) {
        this(session, session.state, session.owner(), session.terms, nowQuanta);
    }

    private SessionInfo(Session<?> session, long word, Transport<?> transport, SessionTerms<?> terms, long nowQuanta) {
        this(
                session.id,
                SessionState.phase(word),
                SessionState.isEnded(word) ? SessionState.cause(word) : null,
                transport == null ? null : transport.name(),
                sinceQuanta(Quanta.ofCoarse(session.created), nowQuanta),
                sinceQuanta(SessionState.time(word), nowQuanta),
                Duration.ofNanos(terms.sessionNanos()),
                Duration.ofNanos(terms.reclaimNanos()),
                SessionState.generation(word),
                terms.claimSecret() != null);
    }

    private static Duration sinceQuanta(long then, long now) {
        return Duration.ofNanos(Math.max(0, now - then) << Quanta.SHIFT);
    }

    /** One line without the whole id, for example {@code session …4711 ATTACHED to ws-7, idle PT3S}. */
    @Override
    public String toString() {
        String where = transport == null ? "" : " to " + transport;
        String cause = endCause == null ? "" : "/" + endCause;
        return "session " + SessionIds.masked(id) + ' ' + phase + cause + where + ", idle " + idle;
    }
}
