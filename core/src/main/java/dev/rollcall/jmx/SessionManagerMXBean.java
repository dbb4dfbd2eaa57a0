package dev.rollcall.jmx;

import java.util.List;
import java.util.Map;

/**
 * What a JMX console shows of a {@link dev.rollcall.SessionManager} and does to it. Session ids are
 * capabilities and are shown in full here, so that sessions can be named: whoever may use this bean
 * may do anything to any session.
 */
public interface SessionManagerMXBean {
    /**
     * The manager's name.
     *
     * @return the name
     */
    String getName();

    /**
     * Whether the manager works as it should.
     *
     * @return the name of a {@link dev.rollcall.ManagerHealth}
     */
    String getHealth();

    /**
     * All figures, in one attribute so that they are of one snapshot.
     *
     * @return by name; {@code limit} is missing if there is none
     */
    Map<String, Long> getFigures();

    /**
     * Lists live sessions. Visits all that there are, however few are asked for.
     *
     * @param atMost how many
     * @return that many, or all if there are fewer; which ones is not defined
     */
    List<SessionRow> list(int atMost);

    /**
     * Ends a session with cause {@code ADMIN_DESTROYED}.
     *
     * @param id its id
     * @return false if there is no such session
     */
    boolean destroy(long id);

    /**
     * Changes a session's timeout, effective from its last activity.
     *
     * @param id its id
     * @param millis how long it may be idle while attached; zero for ever
     * @return false if there is no such session
     */
    boolean setSessionTimeout(long id, long millis);

    /**
     * Changes a session's reclaim timeout, effective from the loss of its transport.
     *
     * @param id its id
     * @param millis how long it may be claimed after a loss
     * @return false if there is no such session
     */
    boolean setReclaimTimeout(long id, long millis);

    /** Refuses new sessions from now on. Cannot be undone. */
    void drain();

    /**
     * Checks the manager against itself, session by session, while it runs.
     *
     * @return what disagrees, which is nothing unless there is a defect in the library
     */
    List<String> audit();
}
