package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.StripedCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * One thread moves back and forth between two sessions in different shards, creating one and
 * ending the other; a sum taken shard by shard in between may have seen neither or both. Either
 * way it is a number that was never true.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1: the first wrong
 * count, or one of the right ones. Create first: there are one or two sessions, never none.
 * Destroy first: none or one, never two.
 *
 * <p>With one writer at a time a LongAdder's sum is right: what ADDER documents takes two writers on
 * two stripes beside the reader, which model checking shows (CounterLincheckTest).
 *
 * <p>TABLE has 64 shards, and all samples share one manager, as in {@link SnapshotOfManyShards}: with
 * two shards its wrong sums are seen too seldom.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t SumThatNeverWas</pre>
 */
@Scenario(
        race = COUNT,
        against = {CREATE, DESTROY},
        proves = G1)
public final class SumThatNeverWas {
    private static final int SHARDS = 64;
    private static final int FIRST = 0;
    private static final int LAST = SHARDS - 1;

    private static final int READINGS = 50;
    private static final int ROUNDS = 8;

    private SumThatNeverWas() {}

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactCreateFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long old = scene.idInShard(1, 0);
        final long id = scene.idInShard(0, 0);

        public ExactCreateFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.create(id);
                scene.manager.destroy(old);
                scene.create(old);
                scene.manager.destroy(id);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 0; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactDestroyFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long old = scene.idInShard(0, 0);
        final long id = scene.idInShard(1, 0);

        public ExactDestroyFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.manager.destroy(old);
                scene.create(id);
                scene.manager.destroy(id);
                scene.create(old);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 2; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @State
    public static class AtomicCreateFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final long old = scene.idInShard(1, 0);
        final long id = scene.idInShard(0, 0);

        public AtomicCreateFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.create(id);
                scene.manager.destroy(old);
                scene.create(old);
                scene.manager.destroy(id);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 0; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @State
    public static class AtomicDestroyFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final long old = scene.idInShard(0, 0);
        final long id = scene.idInShard(1, 0);

        public AtomicDestroyFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.manager.destroy(old);
                scene.create(id);
                scene.manager.destroy(id);
                scene.create(old);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 2; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    /** There is one session at a time. r1: the first wrong count, else the last one, -1 if the first was not gone soon. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "destroy -> find -> create -> count")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "find -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G1: there was one session at a time")
    @Rare("-1")
    @State
    public static class ExactSuccessor {
        final Succession sessions = new Succession(CounterStrategy.EXACT);

        @Actor
        public void destroy(J_Result r) {
            sessions.destroyEach();
        }

        @Actor
        public void create(J_Result r) {
            r.r1 = sessions.createEach();
        }
    }

    /** The same: the number goes down only after the session is gone. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "destroy -> find -> create -> count")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "find -> destroy")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "documented: may over-count while an end is under way")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @Rare("-1")
    @State
    public static class AtomicSuccessor {
        final Succession sessions = new Succession(CounterStrategy.ATOMIC);

        @Actor
        public void destroy(J_Result r) {
            sessions.destroyEach();
        }

        @Actor
        public void create(J_Result r) {
            r.r1 = sessions.createEach();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "with one writer at a time a sum is right")
    @State
    public static class AdderCreateFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ADDER);
        final long old = scene.idInShard(1, 0);
        final long id = scene.idInShard(0, 0);

        public AdderCreateFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.create(id);
                scene.manager.destroy(old);
                scene.create(old);
                scene.manager.destroy(id);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 0; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "with one writer at a time a sum is right")
    @State
    public static class AdderDestroyFirst {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ADDER);
        final long old = scene.idInShard(0, 0);
        final long id = scene.idInShard(1, 0);

        public AdderDestroyFirst() {
            scene.create(old);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                scene.manager.destroy(old);
                scene.create(id);
                scene.manager.destroy(id);
                scene.create(old);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 2; tries++) {
                r.r1 = scene.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "documented: a number that was never true")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: off by the sessions under way")
    @State
    public static class TableCreateFirst {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.TABLE);
        private static final long OLD = SCENE.idInShard(LAST, 0);
        private static final long ID = SCENE.idInShard(FIRST, 0);

        static {
            SCENE.create(OLD);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.create(ID);
                SCENE.manager.destroy(OLD);
                SCENE.create(OLD);
                SCENE.manager.destroy(ID);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 0; tries++) {
                r.r1 = SCENE.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "documented: a number that was never true")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: off by the sessions under way")
    @State
    public static class TableDestroyFirst {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.TABLE);
        private static final long OLD = SCENE.idInShard(FIRST, 0);
        private static final long ID = SCENE.idInShard(LAST, 0);

        static {
            SCENE.create(OLD);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.destroy(OLD);
                SCENE.create(ID);
                SCENE.manager.destroy(ID);
                SCENE.create(OLD);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 2; tries++) {
                r.r1 = SCENE.manager.count();
            }
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "LongAdder.sum(), ConcurrentHashMap.size(); emqx #18442")
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "first stripe -> create -> destroy -> second stripe")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class Control_StripedSumCreateFirst {
        final Meeting meeting = new Meeting();
        final StripedCount sessions = new StripedCount();

        public Control_StripedSumCreateFirst() {
            sessions.create(1);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                sessions.create(0);
                sessions.end(1);
                sessions.create(1);
                sessions.end(0);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 0; tries++) {
                r.r1 = sessions.sum();
            }
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "LongAdder.sum(), ConcurrentHashMap.size(); emqx #18442")
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "first stripe -> destroy -> create -> second stripe")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class Control_StripedSumDestroyFirst {
        final Meeting meeting = new Meeting();
        final StripedCount sessions = new StripedCount();

        public Control_StripedSumDestroyFirst() {
            sessions.create(0);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                sessions.end(0);
                sessions.create(1);
                sessions.end(1);
                sessions.create(0);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && r.r1 != 2; tries++) {
                r.r1 = sessions.sum();
            }
        }
    }
}
