package dev.rollcall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of every kind, in a manager of its own, before the first manager of a process is used.
 *
 * <p>The virtual machine links a call of a {@link java.lang.invoke.VarHandle}, or of a lambda, when it is first executed. That
 * needs memory and a deep stack, and within a critical section it could fail after the first change (D-18).
 */
final class Rehearsal {
    /** So many sessions that the table opens a segment and a transport's set is worth dropping. */
    private static final int MANY = 640;

    private static final int FEW = 2;

    /** Guarded by the class. */
    private static boolean hasBegun;

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
        boolean isOver = false;
        try {
            ShardLock.rehearse();
            for (CounterStrategy strategy : CounterStrategy.values()) {
                rehearse(strategy, strategy == CounterStrategy.EXACT ? MANY : FEW);
            }
            isOver = true;
        } finally {
            hasBegun = isOver;
        }
    }

    private static void rehearse(CounterStrategy strategy, int sessions) {
        ManualTicker ticker = new ManualTicker();
        long[] lastId = {0};
        try (SessionManager<Object> manager = SessionManager.builder()
                .name("rehearsal")
                .shards(1)
                .counter(strategy)
                .maxSessions(sessions)
                .sessionTimeout(Duration.ofSeconds(60))
                .reclaimTimeout(Duration.ofSeconds(10))
                .ticker(ticker)
                .callerSweeps()
                .idSource(() -> ++lastId[0])
                .listener(new SessionListener<>() {})
                .build()) {
            live(manager, sessions, ticker);
        }
    }

    private static void live(SessionManager<Object> manager, int sessions, ManualTicker ticker) {
        Transport<Object> crowded = manager.openTransport("crowded");
        Transport<Object> sole = manager.openTransport("sole");
        List<Session<Object>> created = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            created.add(manager.create(crowded));
        }
        manager.count();
        manager.audit();
        crowded.sessions();
        ticker.advance(Duration.ofSeconds(1)); // or a keepalive writes nothing
        Session<Object> first = created.get(0);
        first.keepAlive(crowded);
        first.setSessionTimeout(Duration.ofSeconds(30));
        first.setReclaimTimeout(Duration.ofSeconds(5));
        first.setClaimSecret(new byte[] {1});
        first.claim(sole, new byte[] {1});
        for (Session<Object> session : created.subList(1, sessions - 1)) {
            session.keepAlive();
            session.destroy();
        }
        // Not by gone() and sweep(): the Flight Recorder need not hear of this.
        Shards<Object> shards = manager.shards;
        shards.lose(sole, shards.nowQuanta(), null);
        shards.lose(crowded, shards.nowQuanta(), null);
        ticker.advance(Duration.ofSeconds(31));
        shards.sweep(shards.nowQuanta());
        manager.setMaxSessions(1);
        manager.status();
        manager.create(manager.openTransport("last"));
    }
}
