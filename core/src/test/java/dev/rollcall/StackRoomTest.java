package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks to every depth near the end of a thread's stack. Where {@link StackRoom#check} returns, the
 * room that it promises must be there, for a chain of calls and for each critical section.
 *
 * <p>In JVMs of their own, since how large frames are depends on what compiled them. The methods of
 * {@link Walk} are never compiled, so that each takes the same room.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class StackRoomTest {
    private static final int PROMISED = 16 << 10;

    /** How the sections are run, and how often beforehand: where they stay interpreted, to load classes only. */
    enum Mode {
        INTERPRETED("-Xint", 1),
        COMPILED_QUICKLY("-XX:TieredStopAtLevel=1", 200),
        COMPILED_WELL("-XX:+TieredCompilation", 200),
        /** The most that the sections can need. */
        PROBE_COMPILED("-XX:CompileCommand=compileonly,dev.rollcall.StackRoom::check", 1);

        private final String option;
        private final int warmUps;

        Mode(String option, int warmUps) {
            this.option = option;
            this.warmUps = warmUps;
        }
    }

    @ParameterizedTest
    @EnumSource
    void check_nearTheEndOfTheStack_throwsUnlessThePromisedRoomIsLeft(Mode mode) throws Exception {
        List<String> options = List.of(
                mode.option,
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=exclude,dev.rollcall.StackRoomTest$Walk::*");
        assertThat(ChildJvm.run(Walk.class, options, Integer.toString(mode.warmUps)))
                .endsWith("passed\n");
    }

    /** What the other JVMs run. */
    static final class Walk {
        private static final long STACK = 512 << 10;

        /** Steps from the end of the stack within which check() must have thrown. */
        private static final int STEPS = 240;

        private static final int WARM_UPS_OF_THE_PROBE = 20_000;

        /** Argument: how often to run each section beforehand. */
        public static void main(String[] arguments) throws InterruptedException {
            Walk walk = new Walk();
            walk.warmUp(Integer.parseInt(arguments[0]));
            // Ascending, since the stack of a thread that has ended may be given to a smaller one.
            int less = walk.inThread(STACK / 2, walk::deepest);
            int more = walk.inThread(STACK, walk::deepest);
            double stepBytes = STACK / 2.0 / (more - less);
            int room = walk.inThread(STACK, walk::roomLeft);
            System.out.printf("a step takes %.0f bytes, check() leaves %.0f%n", stepBytes, room * stepBytes);
            // At the end of the stack there still was room to run the task that does nothing, two calls, and for a part
            // of a step.
            if ((room + 3) * stepBytes < PROMISED || room >= STEPS) {
                System.out.println("that is not what is promised");
                return;
            }
            for (Section section : Section.values()) {
                List<Subject> subjects = new ArrayList<>();
                for (int i = 0; i < STEPS; i++) {
                    subjects.add(new Subject());
                }
                int returned = walk.inThread(STACK, () -> walk.returnsOf(section, subjects));
                if (returned == 0 || returned == STEPS) {
                    System.out.println(section + " returned " + returned + " times: not at the end of the stack");
                    return;
                }
                for (int i = 0; i < STEPS; i++) {
                    try {
                        subjects.get(i).assertWhole();
                    } catch (AssertionError broken) {
                        System.out.println(section + " with " + i + " steps left is broken off: " + broken);
                        return;
                    }
                }
            }
            System.out.println("passed");
        }

        private void warmUp(int ofSections) {
            for (int i = 0; i < ofSections; i++) {
                for (Section section : Section.values()) {
                    section.run(new Subject());
                }
            }
            for (int i = 0; i < WARM_UPS_OF_THE_PROBE; i++) {
                StackRoom.check();
            }
        }

        /** The steps between the end of the stack and the deepest at which check() returned. */
        private int roomLeft() {
            int deepest = deepest();
            for (int left = 0; left < STEPS; left++) {
                if (returns(deepest - left, StackRoom::check)) {
                    return left;
                }
            }
            return STEPS;
        }

        /** Runs a section at every depth near the end of the stack; returns at how many it returned. */
        private int returnsOf(Section section, List<Subject> subjects) {
            int deepest = deepest();
            int returned = 0;
            for (int i = 0; i < STEPS; i++) {
                Subject subject = subjects.get(i);
                returned += returns(deepest - i, () -> section.run(subject)) ? 1 : 0;
            }
            return returned;
        }

        /** The largest number of steps that can be taken. */
        private int deepest() {
            int possible = 0;
            int impossible = 1 << 20;
            while (impossible - possible > 1) {
                int steps = (possible + impossible) >>> 1;
                if (returns(steps, Walk::nothing)) {
                    possible = steps;
                } else {
                    impossible = steps;
                }
            }
            return possible;
        }

        private static void nothing() {}

        private static boolean returns(int steps, Runnable task) {
            try {
                runAfter(steps, task);
                return true;
            } catch (StackOverflowError overflow) {
                return false;
            }
        }

        private static void runAfter(int steps, Runnable task) {
            if (steps == 0) {
                task.run();
            } else {
                runAfter(steps - 1, task);
            }
        }

        private int inThread(long stack, IntSupplier task) throws InterruptedException {
            int[] result = {-1};
            Thread thread = new Thread(null, () -> result[0] = task.getAsInt(), "walk", stack);
            thread.start();
            thread.join();
            return result[0];
        }
    }

    /** A small manager with something for each section to do. */
    private static final class Subject {
        final Fixture fixture = Fixture.create();
        final Transport<String> here = fixture.transport("here");
        final Transport<String> there = fixture.transport("there");
        final List<Session<String>> sessions = new ArrayList<>();
        final Shard<String> shard = fixture.manager.shards.of(1);
        /** More than there are free buckets and slots, so that creating them is growth too. */
        final List<Long> unborn = new ArrayList<>();

        Subject() {
            for (long id = 1; id <= 8; id++) {
                sessions.add(fixture.create(here, id));
            }
            for (long id = 9; unborn.size() < 20; id++) {
                if (fixture.manager.shards.of(id) == shard) {
                    unborn.add(id);
                }
            }
        }

        /** No lock is held, nothing is half done, and every change had its event. */
        void assertWhole() {
            fixture.manager.shards.forEach(each ->
                    assertThat(each.isWriteLocked() || each.isReadLocked()).isFalse());
            fixture.assertConsistent();
            fixture.recorder.assertHistoriesAreLegal();
            assertThat(fixture.manager.status().eventBacklog()).isZero();
        }
    }

    /** The critical sections, with the delivery of their events. */
    private enum Section {
        CREATE {
            @Override
            void run(Subject subject) {
                for (long id : subject.unborn) {
                    subject.shard.create(
                            id, IdHash.of(id), subject.here, Fixture.options().id(id));
                }
            }
        },
        END {
            @Override
            void run(Subject subject) {
                for (Session<String> session : subject.sessions) {
                    session.shard().end(session, null, EndCause.DESTROYED);
                }
            }
        },
        CLAIM {
            @Override
            void run(Subject subject) {
                for (Session<String> session : subject.sessions) {
                    session.shard().claim(session, subject.there, null, 1);
                }
            }
        },
        SET_CONTEXT {
            @Override
            void run(Subject subject) {
                for (Session<String> session : subject.sessions) {
                    session.shard().setContext(session, context -> context.withSessionNanos(1));
                }
            }
        },
        LOSE {
            @Override
            void run(Subject subject) {
                subject.here.gone();
            }
        },
        SWEEP {
            @Override
            void run(Subject subject) {
                subject.fixture.sweepAfter(Fixture.SESSION_TIMEOUT.multipliedBy(2));
            }
        },
        END_ALL {
            @Override
            void run(Subject subject) {
                subject.fixture.manager.close();
            }
        },
        COLLECT {
            @Override
            void run(Subject subject) {
                subject.fixture.manager.counts();
            }
        },
        AUDIT {
            @Override
            void run(Subject subject) {
                subject.fixture.manager.audit();
            }
        };

        abstract void run(Subject subject);
    }
}
