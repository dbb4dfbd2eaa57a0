package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
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
import dev.rollcall.stress.controls.PlainCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two threads create a session each, in different shards, and ask for the count. One of the
 * creates was second, and its thread must be told 2.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1, r2: the counts
 * after the creates.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TwoCreatesBothSeeOne</pre>
 */
@Scenario(
        race = CREATE,
        against = {CREATE, COUNT},
        proves = G1)
public final class TwoCreatesBothSeeOne {
    private TwoCreatesBothSeeOne() {}

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "create -> count -> create too -> count")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create too -> count -> create -> count")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "create -> create too -> count -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: of two creates that are counted after, one sees both")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(JJ_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
        }

        @Actor
        public void createToo(JJ_Result r) {
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "create -> count -> create too -> count")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create too -> count -> create -> count")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "create -> create too -> count -> count")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(JJ_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
        }

        @Actor
        public void createToo(JJ_Result r) {
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "create -> count -> create too -> count")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create too -> count -> create -> count")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "create -> create too -> count -> count")
    @Outcome(expect = FORBIDDEN, desc = "both are added before either is counted after")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ADDER);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(JJ_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
        }

        @Actor
        public void createToo(JJ_Result r) {
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.manager.count();
        }
    }

    /**
     * Each counts before as well: then both processors hold the sizes that the other one is about to write, and the write
     * stays in its buffer for as long as it takes to tell them.
     */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "create -> count -> create too -> count")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create too -> count -> create -> count")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "create -> create too -> count -> count")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "no snapshot: both read the other's size before it is written")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: each sees its own")
    @Rare("1, 1")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.TABLE);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
        }

        @Actor
        public void createToo(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.manager.count();
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "Tomcat PR #713")
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "create -> create too")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create too -> create")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "create -> create too -> count -> count")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both read 0 -> both write 1")
    @Outcome(expect = FORBIDDEN, desc = "G1: of two creates that are counted after, one sees both")
    @State
    public static class Control_PlainIncrement {
        final Meeting meeting = new Meeting();
        final PlainCount sessions = new PlainCount();

        @Actor
        public void create(JJ_Result r) {
            meeting.arrive();
            sessions.increment();
            r.r1 = sessions.number();
        }

        @Actor
        public void createToo(JJ_Result r) {
            meeting.arrive();
            sessions.increment();
            r.r2 = sessions.number();
        }
    }
}
