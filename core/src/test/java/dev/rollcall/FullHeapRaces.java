package dev.rollcall;

import dev.rollcall.count.AdderCounter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios of {@link FullHeap} with more than one thread. */
final class FullHeapRaces {
    private static final long PATIENCE_MILLIS = 60_000;

    private FullHeapRaces() {}

    /** A thread that keeps how it ended. What it keeps it in is there from the beginning. */
    abstract static class Worker extends Thread {
        volatile Throwable thrown;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        abstract void work() throws Exception;

        @Override
        public void run() {
            try {
                work();
            } catch (Throwable any) {
                thrown = any;
            }
        }

        /** Whether it has ended, at least after a while. */
        boolean ends() {
            try {
                join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return !isAlive();
        }
    }

    /** Two threads that begin at once. Until then they are at rest, for they would hinder the filling of the heap. */
    private static final class Start {
        private final CountDownLatch given = new CountDownLatch(1);
        private final AtomicInteger missing = new AtomicInteger(2);

        /** Runs them as far as to where they wait. */
        void prepare(Worker... workers) {
            for (Worker worker : workers) {
                worker.start();
                Workers.awaitWaiting(worker);
            }
        }

        /** In each of the two. Once the start is given it allocates nothing, and waits for the other without a pause. */
        void await() throws InterruptedException {
            given.await();
            missing.decrementAndGet();
            while (missing.get() > 0) {
                Thread.onSpinWait();
            }
        }

        void give() {
            given.countDown();
        }
    }

    /** The last session ends while another thread waits for that. */
    static final class Drain extends FullHeap.Scenario {
        private final Session<Told> last;
        private final Drainer drainer = new Drainer();
        private boolean hasNoticed = true;

        private final class Drainer extends Worker {
            private volatile boolean drained;

            Drainer() {
                super("drainer");
            }

            @Override
            void work() throws InterruptedException {
                drained = world.manager.drain(Duration.ofHours(1));
            }
        }

        Drain() {
            super(new World(1, 1, Duration.ZERO));
            last = world.create(1, world.first).sessions.get(0);
            drainer.start();
            Workers.awaitWaiting(drainer);
        }

        @Override
        int calls() {
            return 1;
        }

        /** If the session has ended the waiter is to notice with the heap as full as it is. */
        @Override
        void call(int number) {
            if (last.destroy()) {
                hasNoticed = drainer.ends();
            }
        }

        @Override
        void check(Violations violations) {
            violations.that(last.isLive() == failed[0], "a destroy that threw left the session live");
            violations.that(hasNoticed, "drain noticed the end with the heap full");
            if (last.isLive()) {
                last.destroy();
            }
            if (!drainer.ends()) {
                violations.add("drain noticed that the last session had ended", "");
                drainer.interrupt();
            } else if (!drainer.drained) {
                violations.add("drain returned true", ": threw " + drainer.thrown);
            }
            world.check(violations);
        }
    }

    /** Two threads contend for the counter alone, which makes it look for more cells. */
    static final class Adder extends FullHeap.Scenario {
        private static final int ROUNDS = 200_000;

        private final AdderCounter counter = new AdderCounter();
        private final Start start = new Start();
        private final Contender[] contenders = {new Contender(), new Contender()};

        private final class Contender extends Worker {
            private int ups;
            private int downs;
            private int failures;

            Contender() {
                super("contender");
            }

            @Override
            void work() throws InterruptedException {
                start.await();
                for (int i = 0; i < ROUNDS; i++) {
                    try {
                        counter.up();
                        ups++;
                        counter.down();
                        downs++;
                    } catch (OutOfMemoryError full) {
                        failures++;
                    }
                }
            }
        }

        Adder() {
            super(new World(1, 1, Duration.ZERO));
            start.prepare(contenders);
        }

        @Override
        int calls() {
            return 1;
        }

        @Override
        boolean callsFail() {
            return false;
        }

        @Override
        void call(int number) {
            start.give();
            contenders[0].ends();
            contenders[1].ends();
        }

        @Override
        void check(Violations violations) {
            long live = 0;
            for (Contender contender : contenders) {
                violations.that(contender.ends() && contender.thrown == null, "contenders came to an end");
                violations.equal("up() and down() do not fail", 0, contender.failures);
                live += contender.ups - contender.downs;
            }
            violations.equal("live == ups - downs", live, counter.live());
        }
    }

    /** Two threads create and destroy, each in a shard of its own half of the time. */
    static final class AdderManager extends FullHeap.Scenario {
        private static final int ROUNDS = 20;

        private final Start start = new Start();
        private final Client[] contenders = {new Client(), new Client()};

        private final class Client extends Worker {
            private final Session<Told>[] created = World.handles(ROUNDS);
            private final SessionOptions<Told>[] options = options();

            Client() {
                super("contender");
                for (int i = 0; i < ROUNDS; i++) {
                    options[i] = world.newcomer();
                }
            }

            @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, filled in the constructor
            private static SessionOptions<Told>[] options() {
                return new SessionOptions[ROUNDS];
            }

            @Override
            void work() throws InterruptedException {
                start.await();
                for (int i = 0; i < ROUNDS; i++) {
                    try {
                        created[i] = world.manager.create(world.first, options[i]);
                        created[i].destroy();
                    } catch (OutOfMemoryError full) {
                        // on with the next
                    }
                }
            }
        }

        AdderManager() {
            super(new World(16, 2 * ROUNDS, Duration.ZERO));
            start.prepare(contenders);
        }

        @Override
        int calls() {
            return 1;
        }

        @Override
        boolean callsFail() {
            return false;
        }

        /** With less no create gets as far as the counter. */
        @Override
        int firstRoom() {
            return 400;
        }

        @Override
        int lastRoom() {
            return 640;
        }

        @Override
        void call(int number) {
            start.give();
            contenders[0].ends();
            contenders[1].ends();
        }

        @Override
        void check(Violations violations) {
            for (Client contender : contenders) {
                violations.that(contender.ends(), "contenders came to an end");
                for (Session<Told> session : contender.created) {
                    if (session != null) {
                        world.sessions.add(session);
                    }
                }
            }
            world.check(violations);
            world.checkPermits(violations);
        }
    }
}
