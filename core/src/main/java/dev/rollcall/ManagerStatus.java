package dev.rollcall;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What an operator asks of a manager, in one answer: its {@linkplain #counts() counts}, which are
 * of one instant, and its phase, its settings, and how its sweeps and its listeners are doing,
 * which are each read at some time during the call. Immutable.
 */
public final class ManagerStatus {
    private final String name;
    private final ManagerPhase phase;
    private final SessionCounts counts;
    private final Settings<?> settings;
    private final OptionalLong maxSessions;
    private final long eventBacklog;
    private final long listenerFailures;
    private final Upkeep.Figures upkeep;
    private final long sinceSweepNanos;

    ManagerStatus(Settings<?> settings, SessionCounts counts, long deliveredBefore, Upkeep.Figures upkeep) {
        this.name = settings.name();
        this.phase = settings.lifecycle().phase();
        this.counts = counts;
        this.settings = settings;
        Permits permits = settings.permits();
        this.maxSessions = permits == null ? OptionalLong.empty() : OptionalLong.of(permits.max());
        this.eventBacklog = settings.listeners().backlog(counts, deliveredBefore);
        this.listenerFailures = settings.listeners().failures();
        this.upkeep = upkeep;
        this.sinceSweepNanos = settings.time().sinceSweepNanos();
    }

    /**
     * The manager's name.
     *
     * @return as the builder was told, or one that was made up
     */
    public String name() {
        return name;
    }

    /**
     * Whether new sessions are taken.
     *
     * @return the manager's phase
     */
    public ManagerPhase phase() {
        return phase;
    }

    /**
     * The figures.
     *
     * @return one snapshot (guarantee G1)
     */
    public SessionCounts counts() {
        return counts;
    }

    /**
     * How many sessions may be live at once.
     *
     * @return the limit that {@link SessionManager#status} met, or empty if there is none
     */
    public OptionalLong maxSessions() {
        return maxSessions;
    }

    /**
     * The session timeout of sessions that were not given one of their own.
     *
     * @return zero if they may be idle for ever
     */
    public Duration sessionTimeout() {
        return Duration.ofNanos(settings.sessionNanos());
    }

    /**
     * The reclaim timeout of sessions that were not given one of their own.
     *
     * @return zero if they end at once when their transport goes
     */
    public Duration reclaimTimeout() {
        return Duration.ofNanos(settings.reclaimNanos());
    }

    /**
     * How many events have not been delivered to all listeners. More than a few for more than a
     * moment means that listeners are slower than the events come, or that the listener executor
     * has dropped some: those are delivered with their session's next event, and never if there is
     * none.
     *
     * @return the number of events; some may have been delivered during the call
     */
    public long eventBacklog() {
        return eventBacklog;
    }

    /**
     * How often a listener threw.
     *
     * @return a total since the manager was built
     */
    public long listenerFailures() {
        return listenerFailures;
    }

    /**
     * How many sweeps have finished.
     *
     * @return a total since the manager was built
     */
    public long sweeps() {
        return upkeep.sweeps();
    }

    /**
     * How long all finished sweeps took together, listeners included.
     *
     * @return real time, whatever the ticker; a total since the manager was built
     */
    public Duration sweepTime() {
        return Duration.ofNanos(upkeep.sweepNanos());
    }

    /**
     * How long the latest finished sweep took, listeners included.
     *
     * @return real time, whatever the ticker; zero before the first sweep
     */
    public Duration lastSweepDuration() {
        return Duration.ofNanos(upkeep.lastSweepNanos());
    }

    /**
     * How long ago the latest finished sweep began. A sweep that failed has not finished.
     *
     * @return by the manager's ticker; since the manager was built if none has finished
     */
    public Duration sinceLastSweep() {
        return Duration.ofNanos(sinceSweepNanos);
    }

    /**
     * How late the next sweep is, which is due a sweep period after the latest finished one began: it
     * grows while a sweep takes long, or if sweeps fail. Sessions may outlive their deadlines by this
     * much more than promised.
     *
     * @return zero if it is not due yet, see {@link SessionManager#sweepPeriod}, or never will be,
     *     because the manager is closed
     */
    public Duration sweepDelay() {
        if (phase == ManagerPhase.CLOSED) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(settings.lateNanos(sinceSweepNanos));
    }

    /**
     * How many audits have finished.
     *
     * @return a total since the manager was built
     */
    public long audits() {
        return upkeep.audits();
    }

    /**
     * How many disagreements the latest finished {@link SessionManager#audit} found: anything but
     * zero is a defect of the library.
     *
     * @return zero before the first audit
     */
    public long drift() {
        return upkeep.disagreements();
    }

    /**
     * The answer to a health probe, in one word.
     *
     * @return the first that applies of {@link ManagerHealth#CLOSED}, {@link
     *     ManagerHealth#DRAINING}, {@link ManagerHealth#SWEEPING_LATE}, {@link ManagerHealth#READY}
     */
    public ManagerHealth health() {
        return switch (phase) {
            case CLOSED -> ManagerHealth.CLOSED;
            case DRAINING -> ManagerHealth.DRAINING;
            case OPEN ->
                sweepDelay().compareTo(ManagerHealth.TOLERATED_SWEEP_DELAY) > 0
                        ? ManagerHealth.SWEEPING_LATE
                        : ManagerHealth.READY;
        };
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return name + ' ' + phase + ", " + counts + ", event backlog=" + eventBacklog + ", listener failures="
                + listenerFailures + ", sweep delay=" + sweepDelay();
    }
}
