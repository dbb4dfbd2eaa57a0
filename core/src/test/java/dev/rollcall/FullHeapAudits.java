package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import dev.rollcall.count.AdderCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The scenarios of {@link FullHeap} about audits. */
final class FullHeapAudits {
    /** Two batches and a half. */
    private static final int SESSIONS = 5 * Batch.SIZE / 2;

    private FullHeapAudits() {}

    /** An audit that fails does no harm, nor to the next one. */
    static final class Itself extends FullHeap.Scenario {
        private final Session<Told>[] handles;

        Itself() {
            super(new World(1, SESSIONS, Duration.ZERO));
            handles = world.create(SESSIONS, world.first).handles();
        }

        @Override
        int calls() {
            return 4;
        }

        @Override
        void call(int number) {
            if ((number & 1) == 0) {
                world.manager.audit();
            } else {
                handles[number].destroy();
            }
        }

        @Override
        void check(Violations violations) {
            violations.that(handles[1].isLive() == failed[1], "a destroy that threw left the session live");
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    /**
     * Before the last step of an audit whoever creates or ends a session must tell the audit of it, if the
     * audit has been there. The newcomers get places that it has been to, on transports that it has
     * not seen. In many scenarios one of them makes the audit's map grow.
     */
    static final class UnderWay extends FullHeap.Scenario {
        private static final int NEWCOMERS = 6;

        /** With how many other transports to begin, at least and at most. */
        private static final int FEWEST = 16;

        private static final int MOST = 28;

        private static int scenarios;

        /** Whether the newcomers' transports get another session, with memory for it. */
        private final boolean hasMore = scenarios++ % 2 == 0;

        /**
         * Another number each time: how many of them the audit has seen depends on the hash, and its map grows
         * with the 22nd.
         */
        private final int others = FEWEST + scenarios % (MOST - FEWEST + 1);

        private final Session<Told>[] leaving;
        private final Session<Told>[] created = World.handles(NEWCOMERS);
        private final SessionOptions<Told>[] options = options();
        private final List<Transport<Told>> transports = new ArrayList<>();
        private final List<Disagreement> found = new ArrayList<>();
        private final Shard<Told> shard;

        UnderWay() {
            this(new ManualTicker());
        }

        private UnderWay(ManualTicker ticker) {
            this(ticker, settings(ticker));
        }

        private UnderWay(ManualTicker ticker, Settings<Told> settings) {
            super(new World(2 * SESSIONS, ticker, new SessionManager<>(settings, null)));
            world.create(SESSIONS, world.first);
            world.sessions.subList(0, NEWCOMERS).forEach(Session::destroy);
            leaving = world.sessions.subList(NEWCOMERS, 2 * NEWCOMERS).toArray(World.handles(NEWCOMERS));
            for (int i = 0; i < others; i++) {
                world.create(1, world.manager.openTransport("other"));
            }
            for (int i = 0; i < NEWCOMERS; i++) {
                options[i] = world.newcomer();
                transports.add(world.manager.openTransport("newcomer's"));
            }
            shard = leaving[0].shard();
            shard.audit = new ShardAudit<>(shard, settings, found);
            for (int steps = shard.buckets() / Batch.SIZE; steps > 1; steps--) {
                shard.audit.step();
            }
        }

        private static Settings<Told> settings(ManualTicker ticker) {
            return new Settings<>(
                    "audited",
                    World.SESSION_TIMEOUT.toNanos(),
                    0,
                    TimeSource.exact(ticker),
                    Quanta.stepShift(Fixture.TICK.toNanos()),
                    1,
                    new Permits(2 * SESSIONS),
                    CounterStrategy.ADDER,
                    new AdderCounter(),
                    true,
                    new SecureIds(),
                    new Listeners<>(List.of(Told.LISTENER), null, new Lifecycle()),
                    new Lifecycle());
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, filled in the constructor
        private static SessionOptions<Told>[] options() {
            return new SessionOptions[NEWCOMERS];
        }

        @Override
        int calls() {
            return 2 * NEWCOMERS;
        }

        @Override
        void call(int number) {
            int which = number >>> 1;
            if ((number & 1) == 0) {
                created[which] = world.manager.create(transports.get(which), options[which]);
            } else {
                leaving[which].destroy();
            }
        }

        @Override
        void check(Violations violations) {
            for (int i = 0; i < NEWCOMERS; i++) {
                if (created[i] != null) {
                    world.sessions.add(created[i]);
                    // An audit that forgot the first finds one too few.
                    world.create(hasMore ? 1 : 0, transports.get(i));
                }
            }
            if (concludes(shard.audit) && !found.isEmpty()) {
                violations.add("the audit under way is clean, or knows that it missed something", ": " + found);
            }
            shard.audit = null;
            for (int i = 0; i < NEWCOMERS; i++) {
                violations.that(leaving[i].isLive() == failed[2 * i + 1], "a destroy that threw left the session live");
            }
            world.check(violations);
            world.checkPermits(violations);
        }

        private static boolean concludes(ShardAudit<Told> audit) {
            try {
                boolean more;
                do {
                    more = audit.step();
                } while (more);
                return true;
            } catch (OutOfMemoryError missed) {
                return false;
            }
        }
    }
}
