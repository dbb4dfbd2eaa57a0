package dev.rollcall.stress;

import dev.rollcall.AuditReport;
import dev.rollcall.CounterStrategy;
import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionPhase;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.ShardOf;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What every scenario starts from: a small manager without a thread, two open transports, and a
 * ticker set by hand to whole hours. The session timeout is an hour, and so is the tick, which keeps
 * sweeps short.
 */
public final class Scene {
    public static final Duration HOUR = Duration.ofHours(1);

    /** In place of a session: the create was refused because the transport was gone, and so on. */
    private static final String NO_SESSION = "no session";

    /**
     * How often an actor looks again for what the other one is about to do. The two of them walk along
     * a row of states; the one that waits for the other meets it in the act, again and again.
     */
    public static final int TRIES = 100;

    public final SessionManager<Void> manager;
    public final Transport<Void> transportA;
    public final Transport<Void> transportB;
    private volatile long hours;

    /** One shard, no reclaim timeout. */
    public Scene() {
        this(UnaryOperator.identity());
    }

    /** One shard and a counter strategy. */
    public Scene(CounterStrategy strategy) {
        this(1, strategy);
    }

    /** Several shards and a counter strategy. */
    public Scene(int shards, CounterStrategy strategy) {
        this(shards, settings -> settings.counter(strategy));
    }

    /** One shard and settings of one's own. */
    public Scene(UnaryOperator<SessionManagerBuilder<Void>> settings) {
        this(1, settings);
    }

    /** Several shards and settings of one's own. */
    public Scene(int shards, UnaryOperator<SessionManagerBuilder<Void>> settings) {
        this(shards, HOUR, builder -> settings.apply(builder.callerSweeps()));
    }

    private Scene(int shards, Duration sessionTimeout, UnaryOperator<SessionManagerBuilder<Void>> settings) {
        SessionManagerBuilder<Void> builder = SessionManager.<Void>builder()
                .shards(shards)
                .tick(HOUR)
                .sessionTimeout(sessionTimeout)
                .ticker(() -> hours * HOUR.toNanos());
        manager = settings.apply(builder).build();
        transportA = manager.openTransport("A");
        transportB = manager.openTransport("B");
    }

    /** A scene whose lost sessions may be claimed for so many hours. */
    public static Scene withReclaim(int hours) {
        return new Scene(settings -> settings.reclaimTimeout(HOUR.multipliedBy(hours)));
    }

    /** A scene whose sessions may be idle for ever and, once lost, be claimed for so many hours. */
    public static Scene withReclaimOnly(int hours) {
        return new Scene(
                1, Duration.ZERO, settings -> settings.callerSweeps().reclaimTimeout(HOUR.multipliedBy(hours)));
    }

    /** A scene whose idle sessions live for so many hours. */
    public static Scene withSessionTimeout(int hours) {
        return new Scene(1, HOUR.multipliedBy(hours), SessionManagerBuilder::callerSweeps);
    }

    /** A scene with a coarse clock. A sweep moves it by a third of an hour at most. */
    public static Scene withCoarseClock() {
        return new Scene(1, HOUR, settings -> settings.coarseClock().sweeperThreadFactory(NeverStarted::new));
    }

    /** In place of a sweeping thread, which a coarse clock insists on: nothing sweeps but the scenario. */
    private static final class NeverStarted extends Thread {
        NeverStarted(Runnable sweeps) {
            super(sweeps);
        }

        @Override
        public synchronized void start() {}
    }

    /** Moves the ticker. */
    public void setHours(long reading) {
        hours = reading;
    }

    /** Creates a session with an id of the scenario's choice on transport A. */
    public Session<Void> create(long id) {
        return manager.create(transportA, SessionOptions.<Void>defaults().id(id));
    }

    /** Tries to create a session on a transport: {@code "created"} or the reason of the refusal. */
    public Object tryCreate(long id, Transport<Void> owner) {
        try {
            manager.create(owner, SessionOptions.<Void>defaults().id(id));
            return "created";
        } catch (SessionRejectedException refused) {
            return refused.reason();
        }
    }

    /** Tries to claim a session: whether it was live, or the reason of the refusal. */
    public static Object tryClaim(Session<Void> session, Transport<Void> to) {
        try {
            return session.claim(to);
        } catch (SessionRejectedException refused) {
            return refused.reason();
        }
    }

    /** Drains the manager, for an actor, which may not throw. */
    public boolean drain(Duration atMost) {
        try {
            return manager.drain(atMost);
        } catch (InterruptedException nobodyInterrupts) {
            throw new IllegalStateException(nobodyInterrupts);
        }
    }

    /** Closes the manager and waits for its listeners, for an actor, which may not throw. */
    public boolean close(Duration atMost) {
        try {
            return manager.close(atMost);
        } catch (InterruptedException nobodyInterrupts) {
            throw new IllegalStateException(nobodyInterrupts);
        }
    }

    /** The {@code ordinal}-th id of a shard, counted from 0. */
    public long idInShard(int shard, int ordinal) {
        long id = ShardOf.firstId(manager, shard, 1);
        for (int i = 0; i < ordinal; i++) {
            id = ShardOf.firstId(manager, shard, id + 1);
        }
        return id;
    }

    /** Whether a lookup finds the id. */
    public boolean finds(long id) {
        return manager.find(id) != null;
    }

    /** Whether a lookup finds the id soon. */
    public boolean findsSoon(long id) {
        boolean found = finds(id);
        for (int tries = 0; tries < TRIES && !found; tries++) {
            found = finds(id);
        }
        return found;
    }

    /**
     * What became of the only session that was ever created, if all records agree on it: its end
     * cause or, if it is live, its phase. Else the disagreement. At rest.
     */
    public Object outcomeOf(Session<Void> session) {
        String disagreement = disagreement();
        if (disagreement != null) {
            return disagreement;
        }
        SessionCounts counts = manager.counts();
        EndCause cause = session.endCause();
        boolean found = manager.find(session.id()) == session;
        if (counts.created() != 1 || found != (cause == null)) {
            return "created " + counts.created() + ", found " + found + ", " + session;
        }
        if (cause != null && counts.ended(cause) != 1) {
            return cause + " but " + counts;
        }
        return cause == null ? phaseOf(session, counts) : cause;
    }

    /** As {@link #outcomeOf(Session)}, of the session that now has the id. */
    public Object outcomeOfId(long id) {
        Session<Void> session = manager.find(id);
        if (session != null) {
            return outcomeOf(session);
        }
        String disagreement = disagreement();
        return disagreement == null ? endOfOnly(manager.counts()) : disagreement;
    }

    /**
     * What disagrees with what, or null: the conservation law, the strategy's count, the listing, the
     * transports' counts, the audit. At rest.
     */
    public String disagreement() {
        SessionCounts counts = manager.counts();
        if (counts.created() != counts.live() + counts.ended() || counts.attached() < 0 || counts.detached() < 0) {
            return "conservation: " + counts;
        }
        long count = manager.count();
        if (count != counts.live()) {
            return "count " + count + ": " + counts;
        }
        int listed = manager.sessions().size();
        if (listed != counts.live()) {
            return "listed " + listed + ": " + counts;
        }
        AuditReport audit = manager.audit();
        return audit.isClean() ? null : audit.disagreements().toString();
    }

    private Object phaseOf(Session<Void> session, SessionCounts counts) {
        SessionPhase phase = session.phase();
        long attached = phase == SessionPhase.ATTACHED ? 1 : 0;
        if (counts.attached() != attached || counts.detached() != 1 - attached) {
            return phase + " but " + counts;
        }
        Transport<Void> owner = session.transport();
        if (owner == null ? attached != 0 : owner.count() != 1) {
            return phase + " but owner " + owner;
        }
        return owner == transportB ? "on B" : phase;
    }

    private static Object endOfOnly(SessionCounts counts) {
        for (EndCause cause : EndCause.values()) {
            if (counts.ended(cause) == 1 && counts.ended() == 1) {
                return cause;
            }
        }
        return counts.created() == 0 ? NO_SESSION : counts.toString();
    }
}
