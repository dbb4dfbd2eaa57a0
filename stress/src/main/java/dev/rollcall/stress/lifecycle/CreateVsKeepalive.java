package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.SessionPhase;
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
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A keepalive by id finds a session whose create has not returned yet. What the create has still
 * to do must not undo it.
 *
 * <p>Guarantee G3, invariant S4 of the shard. The create may read the ticker at hour 0, the
 * keepalive reads it at hour 3; the session timeout is one hour. r1: the keepalive was accepted.
 * r2: what a sweep at hour 3 leaves.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsKeepalive</pre>
 */
@Scenario(
        race = {CREATE, KEEPALIVE},
        proves = G3)
public final class CreateVsKeepalive {
    private CreateVsKeepalive() {}

    @JCStressTest
    @Outcome(id = "true, ATTACHED", expect = ACCEPTABLE, desc = "create -> keepalive -> timeout")
    @Outcome(id = "false, TIMED_OUT", expect = ACCEPTABLE, desc = "create reads hour 0 -> keepalive finds nothing")
    @Outcome(id = "false, ATTACHED", expect = ACCEPTABLE, desc = "keepalive finds nothing -> create reads hour 3")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout")
    @Rare("false, TIMED_OUT")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void keepAlive(ZL_Result r) {
            meeting.arrive();
            scene.setHours(3);
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.keepAlive(1);
            }
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            scene.manager.sweep();
            r.r2 = scene.outcomeOfId(1);
        }
    }

    @Reproduces(mechanism = Mechanism.LOST_KEEPALIVE, source = "OpenLiberty #35814; spring-session #1280")
    @JCStressTest
    @Outcome(id = "true, ATTACHED", expect = ACCEPTABLE, desc = "create -> keepalive -> timeout")
    @Outcome(id = "false, TIMED_OUT", expect = ACCEPTABLE, desc = "keepalive finds nothing -> create at hour 0")
    @Outcome(
            id = "true, TIMED_OUT",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create puts it -> keepalive -> create writes its older activity")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout")
    @State
    public static class Control_EarlyPublish {
        final Meeting meeting = new Meeting();
        final EarlyPublish sessions = new EarlyPublish();

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            sessions.create(1, 0);
        }

        @Actor
        public void keepAlive(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = sessions.keepAlive(1, 3);
            }
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = sessions.sweep(1, 3, 1) ? EndCause.TIMED_OUT : SessionPhase.ATTACHED;
        }
    }
}
