package dev.rollcall.stress.drift;

import java.util.List;

/** A session manager under replay. Every session has a transport of its own, as over WebSockets. */
interface DriftSubject extends AutoCloseable {
    /** A client connects and creates a session. */
    void create(long id);

    /** The session's client is active. */
    void keepAlive(long id);

    /** The client destroys its session; true if it is told that this call ended it. */
    boolean destroy(long id);

    /** The client's connection is lost. */
    void transportGone(long id);

    /**
     * A session timeout passes on the manager's clock, or at least for these sessions.
     *
     * @param silent the sessions whose clients have been silent for that long
     */
    void passSessionTimeout(List<Long> silent);

    /**
     * The manager's watchdog ends what is due; a manager with timers of its own finds that by
     * itself.
     *
     * @param silent the sessions whose clients have been silent for a session timeout
     * @return how many sessions the watchdog says it ended
     */
    int endIdle(List<Long> silent);

    /**
     * Whether the watchdog says itself how many it ended. If not, {@link #endIdle} counts all that have ended by then,
     * whoever ended them.
     */
    default boolean tellsOfSweeps() {
        return true;
    }

    /** The count that an operator is shown. */
    long shown();

    /** The truth: how many sessions the table holds. */
    long live();

    @Override
    void close();
}
