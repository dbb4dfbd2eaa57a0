package dev.rollcall;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What {@link FullHeapTest} runs in a JVM with a small heap. A scenario prepares a world of its own,
 * operates on it with the heap full, and is checked once there is memory again. It is repeated with
 * 16 more bytes left each time, until the operation needs no more: so each of its allocations is the
 * one that fails, in turn.
 *
 * <p>What a scenario does with the heap full allocates nothing of its own.
 */
final class FullHeap {
    /** How many bytes more each time, while there are few; then an eighth more. */
    private static final int STEP = 16;

    static final int FINE = 1 << 9;
    private static final int MOST = 1 << 20;

    /** How many steps in a row must succeed for the operation to have all the memory that it needs. */
    private static final int CALM = 3;

    /** So many violations tell enough. */
    private static final int MANY = 30;

    private static final Duration RECLAIM_TIMEOUT = Duration.ofSeconds(10);

    private FullHeap() {}

    /** One run of one scenario, on a world of its own. */
    abstract static class Scenario {
        final World world;

        /** By number of the call. Calls that there was no memory for. */
        final boolean[] failed = new boolean[1 << 10];

        Scenario(World world) {
            this.world = world;
        }

        /** How many calls to make. */
        abstract int calls();

        /** Makes one call. With the heap full: it may allocate nothing but what the manager does. */
        abstract void call(int number);

        /** How many bytes to leave the first time. */
        int firstRoom() {
            return 0;
        }

        /** How many bytes to leave the last time, if it comes to that. */
        int lastRoom() {
            return MOST;
        }

        /** Whether calls are what memory runs out in, and not threads of the scenario's own, which catch it. */
        boolean callsFail() {
            return true;
        }

        /** With memory again. */
        abstract void check(Violations violations);

        boolean operate() {
            boolean anyFailed = false;
            for (int i = 0; i < calls(); i++) {
                try {
                    call(i);
                } catch (OutOfMemoryError full) {
                    failed[i] = true;
                    anyFailed = true;
                }
            }
            return anyFailed;
        }
    }

    enum Kind {
        DESTROY(Destroy::new),
        CREATE(() -> new Create(0, false)),
        CREATE_GROWS(() -> new Create(13, false)),
        CREATE_OPENS_SEGMENTS(() -> new Create(1_020, false)),
        CREATE_FIRST_GENERATED_ID(() -> new Create(0, true)),
        CONNECT(Connect::new),
        CLAIM(Claim::new),
        GONE(() -> new Gone(1, Duration.ZERO)),
        GONE_RECLAIM(() -> new Gone(1, RECLAIM_TIMEOUT)),
        GONE_SHARDS(() -> new Gone(4, RECLAIM_TIMEOUT)),
        SWEEP(Sweep::new),
        CLOSE(Close::new),
        AUDIT(FullHeapAudits.Itself::new),
        AUDIT_UNDER_WAY(FullHeapAudits.UnderWay::new),
        DRAIN(FullHeapRaces.Drain::new),
        ADDER(FullHeapRaces.Adder::new),
        ADDER_MANAGER(FullHeapRaces.AdderManager::new);

        final Supplier<Scenario> made;

        Kind(Supplier<Scenario> made) {
            this.made = made;
        }
    }

    /** Arguments: the kind of scenario. */
    public static void main(String[] arguments) {
        ChildJvm.watch();
        Violations violations = new Violations();
        Supplier<Scenario> made = Kind.valueOf(arguments[0]).made;
        // Loads what the scenario needs, and what a report needs: that takes memory too, but once.
        warmUpReports();
        for (int i = 0; i < 20; i++) {
            Scenario warmUp = made.get();
            warmUp.operate();
            warmUp.check(violations);
        }
        // The JVM made its first four errors in advance: each is garbage once it was thrown, so it leaves too much
        // room.
        for (int i = 0; i < 3; i++) {
            Ballast.fill(0);
            Ballast.free();
        }
        int steps = 0;
        int failing = 0;
        int calm = 0;
        int room = made.get().firstRoom();
        int last = made.get().lastRoom();
        while (calm < CALM && room <= last && violations.size() < MANY) {
            Scenario scenario = made.get();
            violations.at(room);
            Ballast.fill(room);
            boolean failed = scenario.operate();
            Ballast.free();
            violations.check(scenario::check);
            steps++;
            failing += failed ? 1 : 0;
            calm = failed || last < MOST ? 0 : calm + 1;
            room += room < FINE ? STEP : room / 8;
        }
        System.out.println(arguments[0] + ": " + steps + " steps, memory ran out in " + failing);
        // A heap that is never full, or never has enough, would show nothing.
        violations.that(failing > 0 || !made.get().callsFail(), "memory ran out in some step");
        violations.that(calm == CALM || last < MOST, "the last steps had all the memory that they needed");
        violations.exit("bytes left");
    }

    /** Lets a listener fail, so that what a report of that needs is loaded. */
    static void warmUpReports() {
        SessionManager<Told> manager = SessionManager.<Told>builder()
                .callerSweeps()
                .listener(new SessionListener<>() {
                    @Override
                    public void created(Session<Told> session, Transport<Told> transport) {
                        throw new OutOfMemoryError("on purpose, to see the report work");
                    }
                })
                .build();
        manager.create(manager.openTransport("ws"));
        manager.close();
    }

    private static final class Destroy extends Scenario {
        private final Session<Told>[] handles;

        Destroy() {
            super(new World(1, 8, Duration.ZERO));
            handles = world.create(6, world.first).handles();
        }

        @Override
        int calls() {
            return handles.length;
        }

        @Override
        void call(int number) {
            handles[number].destroy();
        }

        @Override
        void check(Violations violations) {
            for (int i = 0; i < handles.length; i++) {
                violations.that(handles[i].isLive() == failed[i], "a destroy that threw left the session live");
            }
            world.check(violations);
            for (int i = 0; i < handles.length; i++) {
                violations.that(handles[i].destroy() == failed[i], "a repeated destroy ends it");
            }
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    /** Some of the creates need more of the shard than a session: its arrays have to grow. */
    private static final class Create extends Scenario {
        private static final int CALLS = 5;

        private final SessionOptions<Told>[] options = options(CALLS);
        private final Session<Told>[] created = World.handles(CALLS);

        Create(int present, boolean generatedId) {
            super(new World(1, present + CALLS + 2, Duration.ZERO));
            world.create(present, world.first);
            for (int i = 0; i < CALLS; i++) {
                options[i] = generatedId ? world.withGeneratedId() : world.newcomer();
            }
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, filled in the constructor
        private static SessionOptions<Told>[] options(int howMany) {
            return new SessionOptions[howMany];
        }

        @Override
        int calls() {
            return options.length;
        }

        @Override
        void call(int number) {
            created[number] = world.manager.create(world.first, options[number]);
        }

        @Override
        void check(Violations violations) {
            for (int i = 0; i < options.length; i++) {
                if (created[i] == null) {
                    violations.that(world.manager.find(options[i].id) == null, "a create that threw left no session");
                } else {
                    world.sessions.add(created[i]);
                }
            }
            violations.equal("attached to the transport", world.sessions.size(), world.first.count());
            world.sessions.add(world.manager.create(world.first, world.withGeneratedId()));
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    /**
     * Whoever gets no transport could not end the session. Nobody listens: an event is garbage once it was told, and
     * leaves room for what comes last.
     */
    private static final class Connect extends Scenario {
        private long lastId;
        private final SessionManager<Told> untold = SessionManager.<Told>builder()
                .callerSweeps()
                .shards(1)
                .idSource(() -> ++lastId)
                .build();

        Connect() {
            super(new World(1, 1, Duration.ZERO));
        }

        @Override
        int calls() {
            return 5;
        }

        @Override
        void call(int number) {
            untold.connect("ws", null);
        }

        @Override
        void check(Violations violations) {
            int connected = 0;
            for (int i = 0; i < calls(); i++) {
                connected += failed[i] ? 0 : 1;
            }
            violations.equal(
                    "a connect that threw left no session",
                    connected,
                    untold.counts().live());
            violations.that(untold.audit().isClean(), "the audit is clean");
        }
    }

    /** Half of the sessions are detached. */
    private static final class Claim extends Scenario {
        private final Session<Told>[] handles;

        Claim() {
            super(new World(1, 8, RECLAIM_TIMEOUT));
            Transport<Told> lost = world.manager.openTransport("lost");
            handles = world.create(3, world.first).create(3, lost).handles();
            lost.gone();
        }

        @Override
        int calls() {
            return handles.length;
        }

        @Override
        void call(int number) {
            handles[number].claim(world.second);
        }

        @Override
        void check(Violations violations) {
            world.check(violations);
            for (int i = 0; i < handles.length; i++) {
                Transport<Told> former = i < 3 ? world.first : null;
                violations.that(
                        handles[i].transport() == (failed[i] ? former : world.second),
                        "a claim that threw changed nothing");
                violations.equal("claimed events", failed[i] ? 0 : 1, handles[i].attachment().claimed);
                violations.that(!failed[i] || handles[i].claim(world.second), "a repeated claim moves it");
                violations.equal("claimed events at last", 1, handles[i].attachment().claimed);
            }
            violations.equal("all were claimed", handles.length, world.second.count());
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    private static final class Gone extends Scenario {
        /** Two batches and a half: the first, one in the middle and one that is not full. */
        private static final int SESSIONS = 5 * Batch.SIZE / 2;

        private final Duration reclaimTimeout;

        Gone(int shards, Duration reclaimTimeout) {
            super(new World(shards, SESSIONS + 8, reclaimTimeout));
            this.reclaimTimeout = reclaimTimeout;
            world.create(SESSIONS, world.first).create(2, world.second);
        }

        @Override
        int calls() {
            return 3;
        }

        @Override
        void call(int number) {
            world.first.gone();
        }

        @Override
        void check(Violations violations) {
            violations.that(
                    world.first.count() == 0 || (failed[0] && failed[1] && failed[2]),
                    "a gone that returned left no session attached");
            world.first.gone();
            violations.equal("no session is attached to it", 0, world.first.count());
            violations.equal("the others still are", 2, world.second.count());
            SessionCounts counts = world.manager.counts();
            boolean ends = reclaimTimeout.isZero();
            violations.equal("all were ended or detached", SESSIONS, ends ? counts.ended() : counts.detached());
            for (Session<Told> session : world.sessions.subList(0, SESSIONS)) {
                Told each = session.attachment();
                violations.equal("one event for each loss", 1, ends ? each.ended : each.detached);
            }
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    /** Attached ones that were idle and detached ones that nobody claimed. */
    private static final class Sweep extends Scenario {
        private static final int SESSIONS = 300;

        Sweep() {
            super(new World(1, 2 * SESSIONS, RECLAIM_TIMEOUT));
            Transport<Told> lost = world.manager.openTransport("lost");
            world.create(SESSIONS / 2, world.first).create(SESSIONS / 2, lost);
            lost.gone();
            world.ticker.advance(Duration.ofDays(1));
        }

        @Override
        int calls() {
            return 3;
        }

        @Override
        void call(int number) {
            world.manager.sweep();
        }

        @Override
        void check(Violations violations) {
            world.manager.sweep();
            violations.equal(
                    "a later sweep ended all that was due",
                    0,
                    world.manager.counts().live());
            violations.equal(
                    "idle ones timed out", SESSIONS / 2, world.manager.counts().ended(EndCause.TIMED_OUT));
            world.check(violations);
            world.checkPermits(violations);
        }
    }

    private static final class Close extends Scenario {
        private static final int SESSIONS = 300;

        Close() {
            super(new World(1, SESSIONS, Duration.ZERO));
            world.create(SESSIONS, world.first);
        }

        @Override
        int calls() {
            return 2;
        }

        @Override
        void call(int number) {
            world.manager.close();
        }

        @Override
        void check(Violations violations) {
            violations.that(
                    world.manager.counts().live() == 0 || (failed[0] && failed[1]),
                    "a close that returned left no session live");
            world.manager.close();
            violations.equal(
                    "a repeated close ended all", 0, world.manager.counts().live());
            violations.equal("with its cause", SESSIONS, world.manager.counts().ended(EndCause.SHUTDOWN));
            world.check(violations);
        }
    }

    /** For the test: the names of the scenarios. */
    static List<String> names() {
        return List.of(Kind.values()).stream().map(Kind::name).toList();
    }
}
