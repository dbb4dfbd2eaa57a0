package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G6;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
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
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A connection breaks unnoticed; by the time it is reported, its session has been idle for too
 * long as well. The sweep and the loss both want to end it. With a reclaim timeout a loss that
 * comes first detaches the session, and a sweep at that instant must leave it the whole grace.
 *
 * <p>Guarantees G1, G2 and G6, invariants S1 to S4 of the shard. r1: the sweep says that it
 * ended the session. r2: what became of it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TimeoutVsTransportGone</pre>
 */
@Scenario(
        race = {TIMEOUT, TRANSPORT_GONE},
        proves = {G1, G2, G6})
public final class TimeoutVsTransportGone {
    private TimeoutVsTransportGone() {}

    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> timeout")
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
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep() == 1;
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> gone")
    @Outcome(id = "false, DETACHED", expect = ACCEPTABLE, desc = "gone -> timeout, which finds the grace just begun")
    @Outcome(expect = FORBIDDEN, desc = "G6: full grace; G2: one end")
    @State
    public static class ExactWithReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public ExactWithReclaim() {
            scene.setHours(3);
        }

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep() == 1;
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.DOUBLE_DECREMENT,
            source = "fix of janus-gateway #3526 and #3532; OpenLiberty #16539; HikariCP #128")
    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> timeout")
    @Outcome(
            id = "true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_PublishedFix {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);
        private boolean goneEnded;

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.timeout(1);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            goneEnded = sessions.transportGone(1);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            boolean both = r.r1 && goneEnded;
            r.r2 = sessions.outcome(both ? "two ends" : r.r1 ? EndCause.TIMED_OUT : EndCause.TRANSPORT_GONE);
        }
    }

    /** Without a session timeout, which leaves the reclaim timeout in force. r1: how many sessions the sweep ended. */
    @JCStressTest
    @Outcome(
            id = "0, RECLAIM_EXPIRED",
            expect = ACCEPTABLE,
            desc = "gone -> timeout -> a late sweep, or timeout -> gone -> a late sweep")
    @Outcome(expect = FORBIDDEN, desc = "G6: full grace, and no more than that")
    @State
    public static class ExactWithoutSessionTimeout {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaimOnly(1);
        final Session<Void> session = scene.create(1);

        public ExactWithoutSessionTimeout() {
            scene.setHours(3);
        }

        @Actor
        public void timeout(LL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.sweep();
        }

        @Actor
        public void gone(LL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            scene.setHours(9);
            scene.manager.sweep();
            r.r2 = scene.outcomeOf(session);
        }
    }
}
