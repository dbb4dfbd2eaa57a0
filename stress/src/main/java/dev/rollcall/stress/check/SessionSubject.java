package dev.rollcall.stress.check;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * An adapter to a session manager, so that the suite can race its operations. Implement this interface, and those of
 * the nested ones that your manager can do; each of them switches on its own races, and what is left out is reported as
 * "not offered". The adapter needs a public constructor without arguments; an instance is one manager with no sessions.
 *
 * <p><b>Write it as your users call the manager</b>: an adapter that takes a lock around the manager's calls checks the
 * adapter.
 *
 * <p><b>Threads.</b> All methods but {@link #makeDue}, {@link Limit#limitTo} and {@link #close} may be called by two
 * threads at a time. None may wait for the other thread to call anything.
 *
 * <p><b>Where an operation counts.</b> What a caller was told binds from the moment its call returns, and a figure is
 * read at some instant between call and return. The suite asks for no more than that; an operation that has returned and
 * leaves work to a thread of its own has to wait here until that work is done.
 *
 * <p><b>Time.</b> The manager runs on a clock that the adapter moves, if it takes one (an hour of session timeout then
 * passes in no time), else on the system's; see {@link #makeDue} and {@link #sessionTimeout}.
 *
 * <p><b>Failures.</b> An operation that the race makes pointless, such as a destroy of a session that has just ended,
 * answers; it does not throw. Whatever a method throws is reported with its name, as a failure of the adapter.
 */
public interface SessionSubject extends AutoCloseable {
    /** What {@link #sweep} returns if the manager does not say how many sessions it ended. */
    int UNTOLD = -1;

    /** What an operation tells its caller. */
    enum Answer {
        /** This call did it. */
        YES,
        /** It did not: there is no such session any more, or another call was first. */
        NO,
        /**
         * The manager does not say. Races then judge only by what can be seen afterwards; promises that hang on the answer
         * are not judged.
         */
        UNTOLD;

        /** Of a manager that answers yes or no. */
        public static Answer of(boolean thisCallDidIt) {
            return thisCallDidIt ? YES : NO;
        }
    }

    /**
     * Creates a session with an id of the manager's choice, attached to no transport or to one of its own. When it
     * returns, the session is found and counted.
     *
     * @return the id, which no other session has or had
     */
    String create();

    /**
     * Ends a session as its client asks for it (logout, invalidate). When it returns, the session is neither found nor
     * counted, whoever ended it.
     *
     * @return {@link Answer#YES} if this call is the one that is told that it ended the session
     */
    Answer destroy(String id);

    /**
     * Looks through the sessions once, as the manager's own timer does, and ends those that are due. With a timer thread
     * that cannot be called, wait here until it has passed.
     *
     * @return how many this call ended, or {@link #UNTOLD}
     */
    int sweep();

    /**
     * A client is active: do all that the manager's users do for one request, from finding the session to whatever
     * follows the response.
     *
     * @return {@link Answer#YES} if the client is served with its session, which from now on lives for another session
     *     timeout; {@link Answer#NO} if it is told that there is none
     */
    Answer keepAlive(String id);

    /** Whether a lookup finds the session, without keeping it alive if the manager can do that. */
    boolean find(String id);

    /** The number of live sessions as the manager's users read it. */
    long count();

    /**
     * Lets the session timeout of one session pass, so that the next {@link #sweep} has to end it: moves the manager's
     * clock; or makes the session older, if the manager allows that; or waits, in which case the adapter should be
     * {@link Shared}, for otherwise hundreds of managers wait one after the other. Others may become due as well. A race
     * takes thirty samples at least, so one that waits for a second needs half a minute; see {@code --seconds}.
     */
    void makeDue(String id);

    /**
     * How long a session lives without activity, on the clock of {@link System#nanoTime}. A sample that seems to break a
     * promise is not judged if half of that time has passed since its sessions were active. So on the system's clock
     * choose at least three milliseconds, and more on a busy machine. On a clock that the adapter moves the default is
     * right: it never passes within a race.
     */
    default Duration sessionTimeout() {
        return Duration.ofHours(1);
    }

    /** Stops the manager's threads; the last call of it, perhaps after {@link Shutdown#shutdown}. Sessions may be left. */
    @Override
    default void close() {}

    /** The caller may choose ids. Switches on the races of a lookup beside a create. */
    interface OwnIds {
        /**
         * Creates a session with an id.
         *
         * @return {@link Answer#NO} if it was refused, for the id is taken or a limit is reached
         */
        Answer create(String id);
    }

    /** The manager takes ids from others, so it has to refuse one that is taken. Switches on the races of one id. */
    interface UniqueIds extends OwnIds {}

    /** Sessions belong to transports, which can be lost. Transports are named by the suite and open at first use. */
    interface Transports {
        /**
         * Creates a session on a transport.
         *
         * @return its id, or null if it was refused because the transport is gone
         */
        String createOn(String transport);

        /**
         * The transport is lost. When it returns, no session is attached to it, and without a reclaim timeout those that
         * were have ended. From then on none can be created on it or claimed by it.
         */
        void gone(String transport);

        /**
         * Moves a session to another transport. Whether that is activity, which keeps the session alive, is the manager's
         * affair.
         *
         * @return {@link Answer#YES} if it is attached to that transport now; {@link Answer#NO} if there is no such
         *     session or the transport is gone
         */
        Answer claim(String id, String transport);

        /** How many sessions are attached to a transport, by whatever record the manager keeps. */
        long attachedTo(String transport);
    }

    /** A session whose transport is gone can be claimed for a while, instead of ending at once. */
    interface Reclaim extends Transports {
        /** Lets the reclaim timeout pass, as {@link SessionSubject#makeDue} does with the session timeout. */
        void makeReclaimDue(String id);
    }

    /** At most so many sessions at a time. */
    interface Limit extends OwnIds {
        /** Sets the limit, on a manager without sessions. Creates beyond it answer {@link Answer#NO}. */
        void limitTo(int sessions);
    }

    /** The manager tells listeners of sessions that end. */
    interface Events {
        /** The ids of the sessions whose end was told so far, one entry for each time. */
        List<String> ended();
    }

    /** Each session can have a timeout of its own. */
    interface SessionTimeouts {
        /** From now on the session lives for so long without activity; returned to any lookup and sweep that follows. */
        Answer setTimeout(String id, Duration timeout);
    }

    /** The manager lists its sessions. */
    interface Listing {
        /**
         * The ids of the live sessions. A session that is live all through the call is listed once. The suite copies what
         * is returned, as part of the call, so it may be a view.
         */
        Collection<String> list();
    }

    /** The manager can be closed to sessions. Has no race if the adapter is {@link Shared}. */
    interface Shutdown extends OwnIds {
        /** Ends every session. When it returns there is none, and none is created any more: creates answer NO. */
        void shutdown();
    }

    /** Another figure that ought to equal {@link SessionSubject#count}: created less ended, or the size of a table. */
    interface SecondCount {
        /** The other figure. */
        long secondCount();
    }

    /**
     * The manager is too heavy to be made anew for every sample: all samples use one, each with ids of its own, one
     * sample at a time. {@link Shutdown} has no race then.
     */
    interface Shared {}
}
