package dev.rollcall;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What {@link DeepStackTest} runs in a JVM of its own. In a thread with a small stack a method calls
 * itself until the stack overflows. On the way back, at each depth, it makes one attempt at an
 * operation, on a manager that is prepared for this attempt: first there is no room for the first
 * call that the operation makes, then no room for the second, and at last enough. So the operation
 * is cut off at every depth that it reaches. Afterwards each manager is checked, from a thread with
 * room.
 */
final class DeepStack {
    private static final int STACK_BYTES = 256 << 10;

    private static final int SESSIONS = 3;
    private static final int LIMIT = 5;
    private static final Duration RECLAIM_TIMEOUT = Duration.ofSeconds(10);
    private static final long PATIENCE_MILLIS = 60_000;

    /** So many managers that hang tell enough. */
    private static final int MOST_HANGING = 3;

    /** Needs far less stack than a delivery makes sure of, but more than the delivery itself. */
    private static final SessionListener<Told> NEEDS_STACK = new SessionListener<>() {
        private static final int FRAMES = 30;

        @Override
        public void created(Session<Told> session, Transport<Told> transport) {
            Told.LISTENER.created(session, transport);
        }

        @Override
        public void ended(Session<Told> session, Transport<Told> from, EndCause cause) {
            ended(session, from, cause, FRAMES);
        }

        private static void ended(Session<Told> session, Transport<Told> from, EndCause cause, int frames) {
            if (frames == 0) {
                Told.LISTENER.ended(session, from, cause);
            } else {
                ended(session, from, cause, frames - 1);
            }
        }
    };

    /** One for each depth. */
    private final Attempt[] attempts;

    /** The next attempt to be made: how many frames above the overflow. */
    private int next;

    private DeepStack(Operation operation, int depths) {
        attempts = new Attempt[depths];
        for (int i = 0; i < depths; i++) {
            attempts[i] = new Attempt(operation);
        }
    }

    enum Operation {
        CREATE(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.created = attempt.world.manager.create(attempt.world.first, attempt.newcomer);
            }
        },
        CREATE_GENERATED_ID(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.created = attempt.world.manager.create(attempt.world.first, attempt.anonymous);
            }
        },
        DESTROY(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.session.destroy();
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                attempt.session.destroy();
                violations.equal("live once it is destroyed", SESSIONS - 1, attempt.live());
            }
        },
        CLAIM(RECLAIM_TIMEOUT) {
            @Override
            void operate(Attempt attempt) {
                attempt.session.claim(attempt.world.second);
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                violations.that(attempt.session.claim(attempt.world.second), "a repeated claim moves it");
                violations.equal("on the new transport", 1, attempt.world.second.count());
            }
        },
        CLAIM_DETACHED(RECLAIM_TIMEOUT) {
            @Override
            void prepare(Attempt attempt) {
                attempt.world.first.gone();
            }

            @Override
            void operate(Attempt attempt) {
                attempt.session.claim(attempt.world.second);
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                CLAIM.again(attempt, violations);
            }
        },
        GONE(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.first.gone();
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                attempt.world.first.gone();
                violations.equal("on the transport that is gone", 0, attempt.world.first.count());
                violations.equal("live without reclaim", 0, attempt.live());
            }
        },
        GONE_RECLAIM(RECLAIM_TIMEOUT) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.first.gone();
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                attempt.world.first.gone();
                violations.equal("on the transport that is gone", 0, attempt.world.first.count());
                violations.equal("live with reclaim", SESSIONS, attempt.live());
            }
        },
        KEEPALIVE(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.keepAlive(attempt.id);
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                violations.that(attempt.world.manager.keepAlive(attempt.id), "a repeated keepalive works");
            }
        },
        SWEEP(Duration.ZERO) {
            @Override
            void prepare(Attempt attempt) {
                attempt.world.ticker.advance(Duration.ofDays(1));
            }

            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.sweep();
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                attempt.world.manager.sweep();
                violations.equal("live after a later sweep", 0, attempt.live());
            }
        },
        SET_SESSION_TIMEOUT(Duration.ZERO) {
            @Override
            void prepare(Attempt attempt) {
                attempt.world.ticker.advance(Duration.ofSeconds(10));
            }

            @Override
            void operate(Attempt attempt) {
                attempt.session.setSessionTimeout(SHORT);
            }

            // If it took effect the sweep must know.
            @Override
            void again(Attempt attempt, Violations violations) {
                boolean changed = attempt.session.sessionTimeout().equals(SHORT);
                attempt.world.manager.sweep();
                violations.that(attempt.session.isLive() != changed, "it times out iff the timeout was changed");
            }
        },
        SET_MAX_SESSIONS(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.setMaxSessions(0);
            }

            // As low as the sessions let it be, or unchanged; never below what is taken.
            @Override
            void again(Attempt attempt, Violations violations) {
                long limit = attempt.world.manager.status().maxSessions().orElseThrow();
                violations.that(
                        limit == SESSIONS || (attempt.thrown != null && limit == LIMIT),
                        "the limit was lowered or is the former one, but is " + limit);
                violations.equal("the limit lowered once more", SESSIONS, attempt.world.manager.setMaxSessions(0));
                attempt.world.manager.setMaxSessions(LIMIT);
            }
        },
        DELIVER(Duration.ZERO) {
            @Override
            World world(Held executor) {
                ManualTicker ticker = new ManualTicker();
                return new World(
                        LIMIT,
                        ticker,
                        SessionManager.<Told>builder()
                                .callerSweeps()
                                .ticker(ticker)
                                .shards(1)
                                .maxSessions(LIMIT)
                                .listener(NEEDS_STACK)
                                .listenerExecutor(executor)
                                .build());
            }

            @Override
            void prepare(Attempt attempt) {
                attempt.executor.isHolding = true;
                attempt.session.destroy();
                attempt.executor.isHolding = false;
            }

            @Override
            void operate(Attempt attempt) {
                attempt.executor.held.run();
            }

            // A delivery that was cut off has not been taken, or has been seen through.
            @Override
            void retry(Attempt attempt) {
                attempt.executor.held.run();
            }
        },
        COUNTS(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.counts();
            }
        },
        AUDIT(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.audit();
            }
        },
        SESSIONS_OF_MANAGER(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.sessions();
            }
        },
        SESSIONS_OF_TRANSPORT(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.first.sessions();
            }
        },
        CLOSE(Duration.ZERO) {
            @Override
            void operate(Attempt attempt) {
                attempt.world.manager.close();
            }

            @Override
            void again(Attempt attempt, Violations violations) {
                attempt.world.manager.close();
                violations.equal("live after a repeated close", 0, attempt.live());
            }
        };

        private static final Duration SHORT = Duration.ofSeconds(5);

        private final Duration reclaimTimeout;

        Operation(Duration reclaimTimeout) {
            this.reclaimTimeout = reclaimTimeout;
        }

        World world(Held executor) {
            return new World(1, LIMIT, reclaimTimeout);
        }

        void prepare(Attempt attempt) {}

        abstract void operate(Attempt attempt);

        /** Before anything is checked: with room, what nobody but the caller can finish. */
        void retry(Attempt attempt) {}

        /** Once more, with room: it must finish what was begun. */
        void again(Attempt attempt, Violations violations) {}
    }

    /** Runs what it is given, or holds it, to be run later. */
    static final class Held implements Executor {
        boolean isHolding;
        Runnable held;

        @Override
        public void execute(Runnable task) {
            if (isHolding) {
                held = task;
            } else {
                task.run();
            }
        }
    }

    /** A manager of one shard with a few sessions, and what became of the operation on it. */
    static final class Attempt {
        final Operation operation;
        final Held executor = new Held();
        final World world;
        final Session<Told> session;
        final long id;
        final SessionOptions<Told> newcomer;
        final SessionOptions<Told> anonymous;
        Session<Told> created;
        Throwable thrown;

        Attempt(Operation operation) {
            this.operation = operation;
            this.world = operation.world(executor);
            world.create(SESSIONS, world.first);
            this.session = world.sessions.get(1);
            this.id = session.id();
            this.newcomer = world.newcomer();
            this.anonymous = world.withGeneratedId();
            operation.prepare(this);
        }

        long live() {
            return world.manager.counts().live();
        }

        void check(Violations violations) {
            if (thrown != null && !(thrown instanceof StackOverflowError)) {
                violations.add("it throws no other error", ": " + thrown);
            }
            if (created != null) {
                world.sessions.add(created);
            }
            operation.retry(this);
            world.check(violations);
            operation.again(this, violations);
            world.check(violations);
            if (operation != Operation.CLOSE) {
                world.checkPermits(violations);
            }
        }
    }

    /** Arguments: the operation; how many depths; how often to do it beforehand, so that it is compiled. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.watch();
        Operation operation = Operation.valueOf(arguments[0]);
        int depths = Integer.parseInt(arguments[1]);
        FullHeap.warmUpReports();
        Violations violations = new Violations();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            Attempt warmUp = new Attempt(operation);
            operation.operate(warmUp);
            if (i < 10) {
                warmUp.check(violations);
            }
        }
        // Twice, for what happens first when a stack overflows may load classes.
        new DeepStack(operation, depths).descendInSmallThread();
        DeepStack run = new DeepStack(operation, depths);
        run.descendInSmallThread();
        run.report(arguments[0], violations);
        run.check(violations);
        violations.exit("frames above the overflow");
    }

    private void descendInSmallThread() throws InterruptedException {
        Thread thread = new Thread(null, this::descend, "small", STACK_BYTES);
        thread.start();
        thread.join();
    }

    /** Calls nothing but itself and the operation: any other call would overflow too. */
    @SuppressWarnings("InfiniteRecursion") // to the end of the stack, which it catches
    private void descend() {
        try {
            descend();
        } catch (StackOverflowError bottom) {
            // this is the deepest frame
        }
        if (next < attempts.length) {
            Attempt attempt = attempts[next];
            next = next + 1;
            try {
                attempt.operation.operate(attempt);
            } catch (Throwable thrown) {
                attempt.thrown = thrown;
            }
        }
    }

    private void report(String name, Violations violations) {
        int failed = 0;
        int last = -1;
        for (int i = 0; i < attempts.length; i++) {
            if (attempts[i].thrown != null) {
                failed++;
                last = i;
            }
        }
        System.out.println(name + ": " + next + " attempts, " + failed + " threw, the last of them " + last
                + " frames above the overflow");
        violations.at(last);
        violations.that(failed > 0, "an attempt was cut off");
        violations.that(next == attempts.length && last < next - 1, "the depths reach to where there is room enough");
    }

    /** In threads that are left alone if they hang, which an unreleased lock makes them do. */
    private void check(Violations violations) throws InterruptedException {
        AtomicInteger from = new AtomicInteger();
        for (int hanging = 0; from.get() < attempts.length && hanging < MOST_HANGING; hanging++) {
            Thread checker = new Thread(() -> checkFrom(from, violations), "checker");
            checker.setDaemon(true);
            checker.start();
            int seen;
            do {
                seen = from.get();
                checker.join(PATIENCE_MILLIS);
            } while (checker.isAlive() && from.get() != seen);
            if (checker.isAlive()) {
                violations.at(seen);
                violations.add("no lock is held", ": a checker hangs at " + List.of(checker.getStackTrace()));
                from.incrementAndGet();
            }
        }
    }

    private void checkFrom(AtomicInteger from, Violations violations) {
        for (int i = from.get(); i < attempts.length; i = from.incrementAndGet()) {
            violations.at(i);
            violations.check(attempts[i]::check);
        }
    }
}
