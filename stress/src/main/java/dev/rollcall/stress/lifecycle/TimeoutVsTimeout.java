package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
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
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;

/**
 * Two sweeps at once: the manager's own and one that the application drives. Each session that
 * is due is ended by one of them, and counted by that one.
 *
 * <p>Guarantees G2 and G1. r1, r2: how many sessions the sweeps say that they ended. r3: what
 * became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TimeoutVsTimeout</pre>
 */
@Scenario(
        race = TIMEOUT,
        proves = {G1, G2})
public final class TimeoutVsTimeout {
    private TimeoutVsTimeout() {}

    @JCStressTest
    @Outcome(id = "1, 0, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> timeout too")
    @Outcome(id = "0, 1, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout too -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void timeout(IIL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep();
        }

        @Actor
        public void timeoutToo(IIL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(IIL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    /** The reclaim timeout runs out. */
    @JCStressTest
    @Outcome(id = "1, 0, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> timeout too")
    @Outcome(id = "0, 1, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout too -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
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
        public void timeout(IIL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep();
        }

        @Actor
        public void timeoutToo(IIL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(IIL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.DOUBLE_DECREMENT, source = "fix of janus-gateway #3526 and #3532; jetty #2427")
    @JCStressTest
    @Outcome(id = "1, 0, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> timeout too")
    @Outcome(id = "0, 1, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout too -> timeout")
    @Outcome(
            id = "1, 1, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_PublishedFix {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void timeout(IIL_Result r) {
            meeting.arrive();
            r.r1 = sessions.timeout(1) ? 1 : 0;
        }

        @Actor
        public void timeoutToo(IIL_Result r) {
            meeting.arrive();
            r.r2 = sessions.timeout(1) ? 1 : 0;
        }

        @Arbiter
        public void arbiter(IIL_Result r) {
            r.r3 = sessions.outcome(EndCause.TIMED_OUT);
        }
    }
}
