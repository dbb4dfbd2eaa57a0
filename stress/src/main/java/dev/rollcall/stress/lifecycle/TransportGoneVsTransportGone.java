package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G5;
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
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * The loss of a transport is reported twice, by the reader and by the writer of the socket, say.
 * One of the reports is the first; when either returns, no session is on the transport.
 *
 * <p>Guarantees G5, G2 and G1. r1, r2: the report was told that it was the first. r3: what
 * became of the session, if all records agree and neither report returned too early.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TransportGoneVsTransportGone</pre>
 */
@Scenario(
        race = TRANSPORT_GONE,
        proves = {G1, G2, G5})
public final class TransportGoneVsTransportGone {
    private TransportGoneVsTransportGone() {}

    @JCStressTest
    @Outcome(id = "true, false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> gone too")
    @Outcome(id = "false, true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone too -> gone")
    @Outcome(
            expect = FORBIDDEN,
            desc =
                    "G5: once gone() returned no session is attached; G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        private long left;
        private long leftToo;

        @Actor
        public void gone(ZZL_Result r) {
            meeting.arrive();
            r.r1 = scene.transportA.gone();
            left = scene.transportA.count();
        }

        @Actor
        public void goneToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.transportA.gone();
            leftToo = scene.transportA.count();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = left + leftToo == 0 ? scene.outcomeOf(session) : "returned too early";
        }
    }

    @Reproduces(mechanism = Mechanism.DOUBLE_DECREMENT, source = "livekit #2649 and #2679; Openfire PR #2085")
    @JCStressTest
    @Outcome(id = "true, false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> gone too")
    @Outcome(id = "false, true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone too -> gone")
    @Outcome(
            id = "true, true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_LeftTwice {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void gone(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.transportGone(1);
        }

        @Actor
        public void goneToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.transportGone(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.outcome(EndCause.TRANSPORT_GONE);
        }
    }
}
