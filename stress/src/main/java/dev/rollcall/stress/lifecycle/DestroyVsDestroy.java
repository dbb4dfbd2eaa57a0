package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
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
 * The client destroys its session while an operator does. One of them did it; the other is told
 * that there was nothing left to do.
 *
 * <p>Guarantees G2 and G1, invariants S1 to S3 of the shard. r1, r2: the client, the operator is
 * told that this call ended the session. r3: what became of it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsDestroy</pre>
 */
@Scenario(
        race = DESTROY,
        proves = {G1, G2})
public final class DestroyVsDestroy {
    private DestroyVsDestroy() {}

    /** By handle. */
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> destroy by admin")
    @Outcome(id = "false, true, ADMIN_DESTROYED", expect = ACCEPTABLE, desc = "destroy by admin -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
        }

        @Actor
        public void destroyByAdmin(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroyByAdmin();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    /** By id: the lookup may find a session that ends before the call does anything. */
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> destroy by admin")
    @Outcome(id = "false, true, ADMIN_DESTROYED", expect = ACCEPTABLE, desc = "destroy by admin -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class ExactById {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.destroy(1);
        }

        @Actor
        public void destroyByAdmin(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.destroyByAdmin(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.DOUBLE_DECREMENT,
            source = "OpenLiberty #16539, #12158 and #9717; commons-pool PR #385; hector #602")
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> destroy by admin")
    @Outcome(id = "false, true, ADMIN_DESTROYED", expect = ACCEPTABLE, desc = "destroy by admin -> destroy")
    @Outcome(
            id = "true, true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_PublishedFix {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void destroyByAdmin(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.destroy(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.outcome(r.r1 ? EndCause.DESTROYED : EndCause.ADMIN_DESTROYED);
        }
    }
}
