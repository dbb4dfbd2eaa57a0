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
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A session is destroyed as soon as it can be found, before its creator has counted it: a number
 * beside the table goes below zero.
 *
 * <p>Guarantee G1 for EXACT, for the others what CounterStrategy documents. r1: the destroy
 * found the session. r2: the count that was read after it.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t Negative</pre>
 */
@Scenario(
        race = CREATE,
        against = {DESTROY, COUNT},
        proves = G1)
public final class Negative {
    private Negative() {}

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> destroy -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "destroy -> create -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: never negative, never wrong")
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
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.destroy(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> destroy -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "destroy -> create -> count")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
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
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.destroy(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> destroy -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "destroy -> create -> count")
    @Outcome(expect = FORBIDDEN, desc = "its create was added before its end, and nothing else is under way")
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
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.destroy(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> destroy -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "destroy -> create -> count")
    @Outcome(expect = FORBIDDEN, desc = "promise of TABLE: sizes are never negative")
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
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.destroy(1);
            }
            r.r2 = scene.manager.count();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "emqx #18442; reactor-pool PR #147")
    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> destroy -> count")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "destroy -> create -> count")
    @Outcome(id = "true, -1", expect = ACCEPTABLE_INTERESTING, desc = "put -> destroy -> count -> increment")
    @Outcome(expect = FORBIDDEN, desc = "G1: never negative")
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
        public void destroy(ZJ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = sessions.destroy(1);
            }
            r.r2 = sessions.count();
        }
    }
}
