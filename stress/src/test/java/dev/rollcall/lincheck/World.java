package dev.rollcall.lincheck;

import dev.rollcall.EndCause;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The state of {@link LifecycleModel}: what a manager is, said naively. Sessions are kept in a list
 * in the order of their publication, ended ones too, and every figure is recounted from it. Time is
 * counted in eras, steps of the clock so big that no rounding matters.
 *
 * <p>Never changed once it is shared; the methods that return a World return a changed copy.
 */
final class World {
    /** Whether something still takes newcomers. */
    enum Gate {
        OPEN,
        /** Said to be shut; operations under way that passed it before may still complete. */
        CLOSING,
        /** Shut, and whatever was under way has completed. */
        SHUT
    }

    /** The owner of a detached or ended session. */
    static final int NOBODY = -1;

    private final int maxSessions;
    int clock;
    Gate creation = Gate.OPEN;
    Gate closing = Gate.OPEN;

    /**
     * Permits taken: live sessions, those about to be, and those that have ended but not given
     * theirs back.
     */
    int taken;

    private final Gate[] transports;
    private final int[] rejected;
    private final List<Session> sessions;

    World(int transports, int maxSessions) {
        this.maxSessions = maxSessions;
        this.transports = new Gate[transports];
        Arrays.fill(this.transports, Gate.OPEN);
        this.rejected = new int[RejectReason.values().length];
        this.sessions = new ArrayList<>();
    }

    private World(World that) {
        maxSessions = that.maxSessions;
        clock = that.clock;
        creation = that.creation;
        closing = that.closing;
        taken = that.taken;
        transports = that.transports.clone();
        rejected = that.rejected.clone();
        sessions = new ArrayList<>(that.sessions);
    }

    /**
     * A session.
     *
     * @param id the id
     * @param owner a transport's number or NOBODY
     * @param time the era of the last activity or of the loss
     * @param sessionTimeout after how many eras without activity it is due, 0 for never
     * @param reclaimTimeout after how many eras without a transport it is due, 0 for at once
     * @param cause why it ended, null while it is live
     */
    record Session(int id, int owner, int time, int sessionTimeout, int reclaimTimeout, EndCause cause) {
        boolean isLive() {
            return cause == null;
        }

        boolean isAttached() {
            return owner != NOBODY;
        }

        boolean isDue(int now) {
            int timeout = isAttached() ? sessionTimeout : reclaimTimeout;
            return isLive() && (!isAttached() || timeout != 0) && time + timeout <= now;
        }

        EndCause dueCause() {
            return isAttached() ? EndCause.TIMED_OUT : EndCause.RECLAIM_EXPIRED;
        }

        Session active(int now) {
            return new Session(id, owner, Math.max(time, now), sessionTimeout, reclaimTimeout, null);
        }

        Session claimed(int to, int now) {
            return new Session(id, to, Math.max(time, now), sessionTimeout, reclaimTimeout, null);
        }

        Session detached(int loss) {
            return new Session(id, NOBODY, Math.max(time, loss), sessionTimeout, reclaimTimeout, null);
        }

        Session withSessionTimeout(int eras) {
            return new Session(id, owner, time, eras, reclaimTimeout, cause);
        }

        Session ended(EndCause why) {
            return new Session(id, NOBODY, time, sessionTimeout, reclaimTimeout, why);
        }

        /** Whether that is what the manager says of it. */
        boolean matches(SessionInfo info) {
            return info.id() / ManagerHarness.ID_SPACING == id
                    && info.endCause() == cause
                    && Objects.equals(info.transport(), ownerName());
        }

        /** Null if it has none. */
        String ownerName() {
            return isAttached() ? Integer.toString(owner) : null;
        }
    }

    Session session(int index) {
        return sessions.get(index);
    }

    int published() {
        return sessions.size();
    }

    /** The index of the live session with this id, or -1. */
    int find(int id) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).id == id && sessions.get(i).isLive()) {
                return i;
            }
        }
        return -1;
    }

    Gate transport(int number) {
        return transports[number];
    }

    World withClock(int era) {
        World next = new World(this);
        next.clock = era;
        return next;
    }

    World withCreation(Gate gate) {
        World next = new World(this);
        next.creation = gate;
        return next;
    }

    World withClosing(Gate gate) {
        World next = new World(this);
        next.closing = gate;
        return next;
    }

    World withTransport(int number, Gate gate) {
        World next = new World(this);
        next.transports[number] = gate;
        return next;
    }

    World withRejected(RejectReason reason) {
        World next = new World(this);
        next.rejected[reason.ordinal()]++;
        return next;
    }

    World withTaken(int change) {
        World next = new World(this);
        next.taken += change;
        return next;
    }

    World published(Session session) {
        World next = new World(this);
        next.sessions.add(session);
        return next;
    }

    World with(int index, Session session) {
        World next = new World(this);
        next.sessions.set(index, session);
        return next;
    }

    boolean isFull() {
        return taken >= maxSessions;
    }

    int live() {
        return count(Session::isLive);
    }

    int attachedTo(int transport) {
        return count(session -> session.owner == transport);
    }

    private int count(Predicate<Session> what) {
        int count = 0;
        for (Session session : sessions) {
            count += what.test(session) ? 1 : 0;
        }
        return count;
    }

    /** Whether these are its figures, all of them. */
    boolean matches(SessionCounts counts) {
        boolean matches = counts.attached() == count(Session::isAttached)
                && counts.detached() == live() - count(Session::isAttached)
                && counts.created() == sessions.size();
        for (EndCause cause : EndCause.values()) {
            matches &= counts.ended(cause) == count(session -> session.cause == cause);
        }
        for (RejectReason reason : RejectReason.values()) {
            matches &= counts.rejectedCreates(reason) == rejected[reason.ordinal()];
        }
        return matches;
    }

    @Override
    public String toString() {
        return clock + " " + creation + closing + taken + Arrays.toString(transports) + Arrays.toString(rejected)
                + sessions;
    }
}
