package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.LOOKUP;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A lookup says that a session is gone, and the count asked next still has it.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1: the lookup said
 * that it is gone. r2: the count that was read after it.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t GoneButStillCounted</pre>
 */
@Scenario(
        race = DESTROY,
        against = {LOOKUP, COUNT},
        proves = G1)
public final class GoneButStillCounted {
    private GoneButStillCounted() {}

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup said is gone is not counted")
    @Rare("false, 0")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.EXACT);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !scene.finds(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(
            id = "true, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "documented: may over-count while an end is under way")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: with one end under way 0 or 1")
    @Rare("false, 0")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.ATOMIC);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !scene.finds(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(id = "true, 1", expect = ACCEPTABLE_INTERESTING, desc = "documented: no promise against lookups")
    @Outcome(expect = FORBIDDEN, desc = "promise of ADDER: with one end under way the sum is 0 or 1")
    @Rare("false, 0")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.ADDER);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !scene.finds(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(id = "true, 1", expect = ACCEPTABLE_INTERESTING, desc = "documented: no promise against lookups")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: with one end under way the size is 0 or 1")
    @Rare("false, 0")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.TABLE);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !scene.finds(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "ConcurrentHashMap.size() in Undertow, Tomcat, Vert.x")
    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(
            id = "true, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "remove unlinks it -> find -> size -> remove counts it")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup said is gone is not counted")
    @State
    public static class Control_SizeOfMap {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.SECOND_CLOCK, 1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            sessions.destroy(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !sessions.find(1);
            }
            r.r2 = sessions.tableSize();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "janus-gateway: a table and a number beside it")
    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "destroy -> find -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> destroy -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> count -> destroy")
    @Outcome(id = "true, 1", expect = ACCEPTABLE_INTERESTING, desc = "remove -> find -> count -> decrement")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup said is gone is not counted")
    @State
    public static class Control_SecondClock {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.SECOND_CLOCK, 1);

        @Actor
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            sessions.destroy(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = !sessions.find(1);
            }
            r.r2 = sessions.count();
        }
    }
}
