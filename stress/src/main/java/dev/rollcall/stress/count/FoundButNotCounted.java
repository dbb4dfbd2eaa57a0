package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.LOOKUP;
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
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A lookup returns a session, and the count asked next does not know of it. This is how a number
 * beside a table betrays itself to a single reader.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1: the lookup found
 * the session. r2: the count that was read after it.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t FoundButNotCounted</pre>
 */
@Scenario(
        race = CREATE,
        against = {LOOKUP, COUNT},
        proves = G1)
public final class FoundButNotCounted {
    private FoundButNotCounted() {}

    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup returned is counted")
    @Rare("false, 1")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.EXACT);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts, so a found session is counted")
    @Rare("false, 1")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.ATOMIC);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "it is added before it can be found, and nothing else is under way")
    @Rare("false, 1")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.ADDER);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(id = "true, 0", expect = ACCEPTABLE_INTERESTING, desc = "documented: no promise against lookups")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: with one create under way the size is 0 or 1")
    @Rare("false, 1")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.TABLE);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.count();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "ConcurrentHashMap.size() in Undertow, Tomcat, Vert.x")
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(id = "true, 0", expect = ACCEPTABLE_INTERESTING, desc = "put links it -> find -> size -> put counts it")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup returned is counted")
    @State
    public static class Control_SizeOfMap {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = new JanusSessions(Policy.SECOND_CLOCK);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            sessions.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = sessions.find(1);
            }
            r.r2 = sessions.tableSize();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "janus-gateway: a table and a number beside it; UNDERTOW-804")
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "create -> find -> count")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "find -> create -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "find -> count -> create")
    @Outcome(id = "true, 0", expect = ACCEPTABLE_INTERESTING, desc = "put -> find -> count -> increment")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that a lookup returned is counted")
    @State
    public static class Control_SecondClock {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = new JanusSessions(Policy.SECOND_CLOCK);

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            sessions.create(1);
        }

        @Actor
        public void lookup(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = sessions.find(1);
            }
            r.r2 = sessions.count();
        }
    }
}
