package dev.rollcall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of every kind, in a manager of its own, before the first manager of a process is used.
 *
 * <p>What is executed for the first time may fail where it cannot later. The virtual machine loads and initializes a
 * class when it is first used, and a class that fails to initialize never can again in that process. It links a call of
 * a {@link java.lang.invoke.VarHandle}, or of a lambda, when it is first executed. All this needs memory and stack, and
 * within a critical section it could fail after the first change (D-18).
 */
final class Rehearsal {
    /** So many sessions that the table opens a segment. */
    private static final int MANY = 640;

    private static final int FEW = 2;

    /** Guarded by the class. */
    private static boolean hasBegun;

    private static volatile boolean isOver;

    private Rehearsal() {}

    /**
     * The first call rehearses, and so does the next one if that fails. Others wait for it, but not the managers of
     * the rehearsal.
     */
    static synchronized void load() {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        try {
            FlightLog.load();
            ShardLock.rehearse();
            // A compiler should know no receivers of calls but the application's own. So all strategies and a listener
            // come first, and seldom enough to be interpreted, without a profile; those of a crowd are compiled with
            // one.
            for (CounterStrategy strategy : CounterStrategy.values()) {
                rehearse(builder(strategy).listener(new SessionListener<>() {}), FEW);
            }
            rehearse(builder(CounterStrategy.EXACT), MANY);
            isOver = true;
        } finally {
            hasBegun = isOver;
        }
    }

    /** Until then no manager but those of the rehearsal has sessions. */
    static boolean isOver() {
        return isOver;
    }

    private static SessionManagerBuilder<Object> builder(CounterStrategy strategy) {
        return SessionManager.builder()
                .name("rehearsal")
                .shards(1)
                .counter(strategy)
                .maxSessions(2 * MANY)
                .sessionTimeout(Duration.ofSeconds(60))
                .reclaimTimeout(Duration.ofSeconds(10))
                .idSource(() -> 0) // is not asked
                .callerSweeps();
    }

    private static void rehearse(SessionManagerBuilder<Object> builder, int sessions) {
        try (SessionManager<Object> manager = builder.build()) {
            Transport<Object> crowded = manager.openTransport("crowded");
            Transport<Object> next = manager.openTransport("next");
            SessionOptions<Object> options = SessionOptions.defaults();
            Session<Object> claimed =
                    manager.create(manager.openTransport("former"), options.id(SessionManager.MAX_ID - 1));
            List<Session<Object>> created = new ArrayList<>();
            for (int id = 1; id <= sessions; id++) {
                created.add(manager.create(crowded, options.id(id)));
            }
            manager.connect("stays", null, options.id(SessionManager.MAX_ID).sessionTimeout(Duration.ZERO));
            manager.count();
            manager.audit();
            manager.status().health();
            claimed.info().phase();
            manager.setMaxSessions(sessions);
            claimed.setSessionTimeout(Duration.ofSeconds(30));
            claimed.setReclaimTimeout(Duration.ofSeconds(5));
            claimed.setClaimSecret(new byte[] {1});
            claimed.claim(next, new byte[] {1});
            for (Session<Object> session : created.subList(0, sessions - 1)) {
                session.keepAlive(crowded);
                session.keepAlive();
                session.destroy();
            }
            crowded.sessions();
            // Not by gone() and sweep(): the Flight Recorder need not hear of this.
            Shards<Object> shards = manager.shards;
            shards.lose(next, shards.nowQuanta(), null);
            shards.lose(crowded, shards.nowQuanta(), null);
            shards.sweep(shards.nowQuanta() + Quanta.ceil(Duration.ofSeconds(60).toNanos()));
        }
    }
}
