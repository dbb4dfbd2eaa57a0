package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.PlainCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * A thread creates a session and asks for the count, while a session in another shard ends.
 * Whatever happens to others, its own must be in the number.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1: the least of
 * some counts after the create.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t OwnCreateNotSeen</pre>
 */
@Scenario(
        race = DESTROY,
        against = {CREATE, COUNT},
        proves = G1)
public final class OwnCreateNotSeen {
    private static final int READINGS = 20;

    private OwnCreateNotSeen() {}

    /** The other session is in another shard. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "create -> destroy -> counts, or the other order")
    @Outcome(expect = FORBIDDEN, desc = "G1: a count after a create has returned includes it")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> other = scene.create(scene.idInShard(1, 0));
        final long id = scene.idInShard(0, 0);

        @Actor
        public void create(J_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
            for (int tries = 0; tries < READINGS; tries++) {
                r.r1 = Math.min(r.r1, scene.manager.count());
            }
        }

        @Actor
        public void destroy(J_Result r) {
            meeting.arrive();
            other.destroy();
        }
    }

    /** The other session is in another shard. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "create -> destroy -> counts, or the other order")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final Session<Void> other = scene.create(scene.idInShard(1, 0));
        final long id = scene.idInShard(0, 0);

        @Actor
        public void create(J_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
            for (int tries = 0; tries < READINGS; tries++) {
                r.r1 = Math.min(r.r1, scene.manager.count());
            }
        }

        @Actor
        public void destroy(J_Result r) {
            meeting.arrive();
            other.destroy();
        }
    }

    /** The other session is in another shard. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "create -> destroy -> counts, or the other order")
    @Outcome(expect = FORBIDDEN, desc = "even a sum includes what its own thread has added")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ADDER);
        final Session<Void> other = scene.create(scene.idInShard(1, 0));
        final long id = scene.idInShard(0, 0);

        @Actor
        public void create(J_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
            for (int tries = 0; tries < READINGS; tries++) {
                r.r1 = Math.min(r.r1, scene.manager.count());
            }
        }

        @Actor
        public void destroy(J_Result r) {
            meeting.arrive();
            other.destroy();
        }
    }

    /** The other session is in another shard. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "create -> destroy -> counts, or the other order")
    @Outcome(expect = FORBIDDEN, desc = "even sizes include what their own thread has put")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.TABLE);
        final Session<Void> other = scene.create(scene.idInShard(1, 0));
        final long id = scene.idInShard(0, 0);

        @Actor
        public void create(J_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.manager.count();
            for (int tries = 0; tries < READINGS; tries++) {
                r.r1 = Math.min(r.r1, scene.manager.count());
            }
        }

        @Actor
        public void destroy(J_Result r) {
            meeting.arrive();
            other.destroy();
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "UNDERTOW-804; Tomcat PR #713")
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "create -> destroy -> counts, or the other order")
    @Outcome(
            id = "0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both read 1 -> create writes 2 -> destroy writes 0 -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a count after a create has returned includes it")
    @State
    public static class Control_PlainDecrement {
        final Meeting meeting = new Meeting();
        final PlainCount sessions = new PlainCount();

        public Control_PlainDecrement() {
            sessions.increment();
        }

        @Actor
        public void create(J_Result r) {
            meeting.arrive();
            sessions.increment();
            r.r1 = sessions.number();
            for (int tries = 0; tries < READINGS; tries++) {
                r.r1 = Math.min(r.r1, sessions.number());
            }
        }

        @Actor
        public void destroy(J_Result r) {
            meeting.arrive();
            sessions.decrement();
        }
    }
}
