package dev.rollcall.jmx;

import dev.rollcall.SessionInfo;
import java.time.Duration;
import java.util.Objects;
import javax.management.ConstructorParameters;

/** A live session as a JMX console shows it: a {@link SessionInfo} of types that JMX has. Immutable. */
public final class SessionRow {
    private final long id;
    private final String phase;
    private final String transport;
    private final long ageMillis;
    private final long idleMillis;
    private final long sessionTimeoutMillis;
    private final long reclaimTimeoutMillis;

    /**
     * For JMX proxies.
     *
     * @param id see {@link #getId}
     * @param phase see {@link #getPhase}
     * @param transport see {@link #getTransport}
     * @param ageMillis see {@link #getAgeMillis}
     * @param idleMillis see {@link #getIdleMillis}
     * @param sessionTimeoutMillis see {@link #getSessionTimeoutMillis}
     * @param reclaimTimeoutMillis see {@link #getReclaimTimeoutMillis}
     */
    @ConstructorParameters({
        "id",
        "phase",
        "transport",
        "ageMillis",
        "idleMillis",
        "sessionTimeoutMillis",
        "reclaimTimeoutMillis"
    })
    public SessionRow(
            long id,
            String phase,
            String transport,
            long ageMillis,
            long idleMillis,
            long sessionTimeoutMillis,
            long reclaimTimeoutMillis) {
        this.id = id;
        this.phase = phase;
        this.transport = transport;
        this.ageMillis = ageMillis;
        this.idleMillis = idleMillis;
        this.sessionTimeoutMillis = sessionTimeoutMillis;
        this.reclaimTimeoutMillis = reclaimTimeoutMillis;
    }

    static SessionRow of(SessionInfo info) {
        return new SessionRow(
                info.id(),
                info.phase().name(),
                Objects.requireNonNullElse(info.transport(), ""),
                info.age().toMillis(),
                info.idle().toMillis(),
                timeoutMillis(info.sessionTimeout()),
                timeoutMillis(info.reclaimTimeout()));
    }

    /** 0 is not the shortest timeout, but none. */
    private static long timeoutMillis(Duration timeout) {
        return timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
    }

    /**
     * The session's id, in full.
     *
     * @return a capability
     */
    public long getId() {
        return id;
    }

    /**
     * The phase.
     *
     * @return {@code ATTACHED} or {@code DETACHED}
     */
    public String getPhase() {
        return phase;
    }

    /**
     * The owner's name.
     *
     * @return empty if the session is detached
     */
    public String getTransport() {
        return transport;
    }

    /**
     * Time since the session was created.
     *
     * @return milliseconds, up to 135 too many; with a coarse clock it may also be too few, see
     *     {@link SessionInfo#age}
     */
    public long getAgeMillis() {
        return ageMillis;
    }

    /**
     * Time since the last activity or, if the session is detached, since the loss.
     *
     * @return milliseconds; with a coarse clock it may be too few, see {@link SessionInfo#idle}
     */
    public long getIdleMillis() {
        return idleMillis;
    }

    /**
     * The session timeout.
     *
     * @return milliseconds; zero for ever
     */
    public long getSessionTimeoutMillis() {
        return sessionTimeoutMillis;
    }

    /**
     * The reclaim timeout.
     *
     * @return milliseconds; zero if the session ends at once when its transport goes
     */
    public long getReclaimTimeoutMillis() {
        return reclaimTimeoutMillis;
    }
}
