package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.stress.Crowd;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
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
import org.openjdk.jcstress.infra.results.ZLJ_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A client destroys its session and hangs up at once: the loss of the transport overtakes the
 * destroy. Without a reclaim timeout both want to end the session; with one the loss only
 * detaches it.
 *
 * <p>Guarantees G2 and G1, invariants S1 to S3 of the shard. r1: destroy says that it ended the
 * session. r2: what became of it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsTransportGone</pre>
 */
@Scenario(
        race = {DESTROY, TRANSPORT_GONE},
        proves = {G1, G2})
public final class DestroyVsTransportGone {
    private DestroyVsTransportGone() {}

    @JCStressTest
    @Outcome(id = "true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
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

    /** r3: how often it was detached. */
    @JCStressTest
    @Outcome(id = "true, DESTROYED, 0", expect = ACCEPTABLE, desc = "destroy -> gone")
    @Outcome(id = "true, DESTROYED, 1", expect = ACCEPTABLE, desc = "gone (detached) -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class ExactWithReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZLJ_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
        }

        @Actor
        public void gone(ZLJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZLJ_Result r) {
            r.r2 = scene.outcomeOf(session);
            r.r3 = scene.manager.counts().detachments();
        }
    }

    /** More sessions than one batch, in two shards. */
    @JCStressTest
    @Outcome(id = "true, all once", expect = ACCEPTABLE, desc = "some destroy -> gone, the others ended by gone")
    @Outcome(id = "false, all once", expect = ACCEPTABLE, desc = "gone -> each destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @Rare("false, all once")
    @State
    public static class ExactBatches {
        final Meeting meeting = new Meeting();
        final Crowd crowd = new Crowd(2, settings -> settings);
        private int destroyed;

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            destroyed = crowd.destroyLastFirst();
            r.r1 = destroyed > 0;
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            crowd.scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = crowd.ended(EndCause.DESTROYED, destroyed, EndCause.TRANSPORT_GONE, Crowd.SESSIONS - destroyed);
        }
    }

    @Reproduces(
            mechanism = Mechanism.DOUBLE_DECREMENT,
            source = "fix of janus-gateway #3526 and #3532; OpenLiberty #16539; HikariCP #128")
    @JCStressTest
    @Outcome(id = "true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> destroy")
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
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            goneEnded = sessions.transportGone(1);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            boolean both = r.r1 && goneEnded;
            r.r2 = sessions.outcome(both ? "two ends" : r.r1 ? EndCause.DESTROYED : EndCause.TRANSPORT_GONE);
        }
    }
}
