package dev.rollcall;

import java.time.Duration;

/** How a {@link SessionManager} is, for health probes; see {@link ManagerStatus#health}. */
public enum ManagerHealth {
    /** Sessions are taken, and end on time. */
    READY,

    /**
     * Sessions are taken, but the next sweep has been due for more than a second: sessions outlive
     * their deadlines. The machine is overloaded or was suspended, sweeps fail, a listener blocks the
     * sweeping thread, or whoever should call {@link SessionManager#sweep} does not.
     */
    SWEEPING_LATE,

    /** No new sessions are taken; live ones stay usable. */
    DRAINING,

    /** No session is live, or the last ones are just being ended. */
    CLOSED;

    /** What a scheduler or a collector may take without anybody's being alarmed. */
    static final Duration TOLERATED_SWEEP_DELAY = Duration.ofSeconds(1);
}
