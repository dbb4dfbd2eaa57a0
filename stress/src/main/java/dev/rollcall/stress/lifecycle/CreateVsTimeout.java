package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.EarlyPublish;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A sweep comes by while a session is created. However long the manager has been running, the
 * new session is not idle.
 *
 * <p>Guarantee G3, invariant S4 of the shard. It is hour 3 and the session timeout is one hour.
 * r1: the session was found before the sweep. r2: how many the sweep ended. r3: what became of the session, if all
 * records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsTimeout</pre>
 */
@Scenario(
        race = {CREATE, TIMEOUT},
        proves = G3)
public final class CreateVsTimeout {
    private CreateVsTimeout() {}

    @JCStressTest
    @Outcome(id = "true, 0, ATTACHED", expect = ACCEPTABLE, desc = "create -> find -> timeout")
    @Outcome(id = "false, 0, ATTACHED", expect = ACCEPTABLE, desc = "find -> create, timeout in any order")
    @Outcome(expect = FORBIDDEN, desc = "G3: no timeout before the deadline")
    @Rare("false, 0, ATTACHED")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void create(ZLL_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void timeout(ZLL_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(ZLL_Result r) {
            r.r3 = scene.outcomeOfId(1);
        }
    }

    /** With a coarse clock, which the sweep moves. */
    @JCStressTest
    @Outcome(id = "true, 0, ATTACHED", expect = ACCEPTABLE, desc = "create -> find -> timeout")
    @Outcome(id = "false, 0, ATTACHED", expect = ACCEPTABLE, desc = "find -> create, timeout in any order")
    @Outcome(expect = FORBIDDEN, desc = "G3: no timeout before the deadline")
    @Rare("false, 0, ATTACHED")
    @State
    public static class ExactCoarseClock {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withCoarseClock();

        public ExactCoarseClock() {
            scene.setHours(3);
        }

        @Actor
        public void create(ZLL_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void timeout(ZLL_Result r) {
            meeting.arrive();
            r.r1 = scene.findsSoon(1);
            r.r2 = scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(ZLL_Result r) {
            r.r3 = scene.outcomeOfId(1);
        }
    }

    @Reproduces(mechanism = Mechanism.ORPHAN, source = "OpenLiberty #35814 and PR #35815")
    @JCStressTest
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "create -> timeout, or timeout -> create")
    @Outcome(
            id = "true",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create puts it -> timeout sees no activity yet, ends it")
    @Outcome(expect = FORBIDDEN, desc = "G3: no timeout before the deadline")
    @State
    public static class Control_EarlyPublish {
        final Meeting meeting = new Meeting();
        final EarlyPublish sessions = new EarlyPublish();

        @Actor
        public void create() {
            meeting.arrive();
            sessions.create(1, 3);
        }

        @Actor
        public void timeout(Z_Result r) {
            meeting.arrive();
            boolean found = false;
            for (int tries = 0; tries < Scene.TRIES && !found; tries++) {
                found = sessions.find(1);
            }
            r.r1 = sessions.sweep(1, 3, 1);
        }
    }
}
