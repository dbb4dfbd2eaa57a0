package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.CauseOfLast;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A sweep finds a session idle for too long while close() ends them all.
 *
 * <p>Guarantees G2, G1 and G10. r1: the sweep says that it ended the session. r2: what became of
 * it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TimeoutVsShutdown</pre>
 */
@Scenario(
        race = {TIMEOUT, SHUTDOWN},
        proves = {G1, G2, G10})
public final class TimeoutVsShutdown {
    private TimeoutVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once; G10: all ended")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep() == 1;
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** The reclaim timeout runs out instead. */
    @JCStressTest
    @Outcome(id = "true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once; G10: all ended")
    @State
    public static class ExactReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public ExactReclaim() {
            scene.transportA.gone();
            scene.setHours(3);
        }

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep() == 1;
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "caffeine #412: the wrong cause")
    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> timeout")
    @Outcome(
            id = {"true, SHUTDOWN", "false, TIMED_OUT"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both write their cause -> the loser's stands")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause")
    @State
    public static class Control_CauseOfLoser {
        final Meeting meeting = new Meeting();
        final CauseOfLast session = new CauseOfLast(1);

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.end(1, EndCause.TIMED_OUT);
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            session.end(1, EndCause.SHUTDOWN);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = session.cause();
        }
    }
}
