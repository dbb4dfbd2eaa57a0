package dev.rollcall;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session's details at one instant, for operators. Immutable; equal if all details are. */
public final class SessionInfo {
    private final long id;
    private final SessionPhase phase;
    private final @Nullable EndCause endCause;
    private final @Nullable String transport;
    private final Duration age;
    private final Duration idle;
    private final Duration sessionTimeout;
    private final Duration reclaimTimeout;
    private final int claims;
    private final boolean guarded;

    /** With the shard's lock, or validated by its stamp. */
    SessionInfo(Session<?> session, long nowQuanta) {
        long word = session.state;
        Transport<?> owner = session.owner();
        SessionContext<?> context = session.context;
        this.id = session.id;
        this.phase = SessionState.phase(word);
        this.endCause = SessionState.isEnded(word) ? SessionState.cause(word) : null;
        this.transport = owner == null ? null : owner.name();
        this.age = sinceQuanta(Quanta.ofCoarse(session.created), nowQuanta);
        this.idle = sinceQuanta(SessionState.time(word), nowQuanta);
        this.sessionTimeout = Duration.ofNanos(context.sessionNanos());
        this.reclaimTimeout = Duration.ofNanos(context.reclaimNanos());
        this.claims = SessionState.generation(word);
        this.guarded = context.claimSecret() != null;
    }

    private static Duration sinceQuanta(long then, long now) {
        return Duration.ofNanos(Math.max(0, now - then) << Quanta.SHIFT);
    }

    /**
     * The session's id. It is a capability, so {@link #toString} shows only its end.
     *
     * @return 1 … {@value SessionManager#MAX_ID}
     */
    public long id() {
        return id;
    }

    /**
     * The phase.
     *
     * @return attached, detached or ended
     */
    public SessionPhase phase() {
        return phase;
    }

    /**
     * Why the session ended.
     *
     * @return the cause, or {@code null} if it is live
     */
    public @Nullable EndCause endCause() {
        return endCause;
    }

    /**
     * The owner.
     *
     * @return the transport's name, or {@code null} unless attached
     */
    public @Nullable String transport() {
        return transport;
    }

    /**
     * Time since the session was created.
     *
     * @return up to 135 milliseconds too long, or more if the manager was more than nine years old
     *     when it created the session. With a {@linkplain SessionManagerBuilder#coarseClock coarse
     *     clock} it may also be too short: by up to a tick plus the time since the latest sweep,
     *     and by all time that the clock has left out because a sweep was late
     */
    public Duration age() {
        return age;
    }

    /**
     * How long nothing has happened.
     *
     * @return attached: time since the last activity; detached: time since the loss; ended: time
     *     since the later of the two. With a coarse clock it may be too short, as {@link #age} may
     */
    public Duration idle() {
        return idle;
    }

    /**
     * The session timeout.
     *
     * @return zero if the session may be idle for ever
     */
    public Duration sessionTimeout() {
        return sessionTimeout;
    }

    /**
     * The reclaim timeout.
     *
     * @return zero if the session ends at once when its transport goes
     */
    public Duration reclaimTimeout() {
        return reclaimTimeout;
    }

    /**
     * How often the session was claimed.
     *
     * @return the number of claims modulo 8,192
     */
    public int claims() {
        return claims;
    }

    /**
     * Whether claims need a secret.
     *
     * @return true if the session has a claim secret
     */
    public boolean guarded() {
        return guarded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionInfo that
                && id == that.id
                && phase == that.phase
                && endCause == that.endCause
                && Objects.equals(transport, that.transport)
                && age.equals(that.age)
                && idle.equals(that.idle)
                && sessionTimeout.equals(that.sessionTimeout)
                && reclaimTimeout.equals(that.reclaimTimeout)
                && claims == that.claims
                && guarded == that.guarded;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, phase, endCause, transport, age, idle);
    }

    /**
     * One line without the whole id, for example {@code session …4711 ATTACHED to ws-7, idle PT3S}.
     */
    @Override
    public String toString() {
        String where = transport == null ? "" : " to " + transport;
        String cause = endCause == null ? "" : "/" + endCause;
        return "session " + SessionIds.masked(id) + ' ' + phase + cause + where + ", idle " + idle;
    }
}
