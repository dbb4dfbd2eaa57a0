package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
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
import dev.rollcall.stress.controls.RememberedBucket;
import dev.rollcall.stress.controls.UnlockedTransports;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A session is claimed and destroyed at once. The destroy ends it; the claim may have moved it
 * before, but no transport holds an ended session.
 *
 * <p>Guarantees G4 and G2, invariant S3 of the shard. r1: the claim was told that it has the
 * session. r2: the destroy says that it ended it. r3: what became of it, if all records agree,
 * the transports' included.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsDestroy</pre>
 */
@Scenario(
        race = {CLAIM, DESTROY},
        proves = {G2, G4})
public final class ClaimVsDestroy {
    private ClaimVsDestroy() {}

    @JCStressTest
    @Outcome(id = "true, true, DESTROYED", expect = ACCEPTABLE, desc = "claim -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: no transport holds an ended session; G2: one end, one cause")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroy();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            boolean held = scene.transportA.count() + scene.transportB.count() != 0;
            r.r3 = held ? "held" : scene.outcomeOf(session);
        }
    }

    /** Only the owner may destroy: who claimed the session first keeps it. */
    @JCStressTest
    @Outcome(id = "true, false, on B", expect = ACCEPTABLE, desc = "claim -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: a session that was claimed is not ended by its former owner")
    @State
    public static class ExactByOwner {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroy(scene.transportA);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "UNDERTOW-2147; cometd #970")
    @JCStressTest
    @Outcome(id = "true, true, DESTROYED", expect = ACCEPTABLE, desc = "claim -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> claim")
    @Outcome(
            id = "true, true, held",
            expect = ACCEPTABLE_INTERESTING,
            desc = "claim finds it live -> destroy -> claim puts it into B's set")
    @Outcome(expect = FORBIDDEN, desc = "G4: no transport holds an ended session")
    @State
    public static class Control_AttachOfEnded {
        final Meeting meeting = new Meeting();
        private final UnlockedTransports.Link linkA = new UnlockedTransports.Link();
        private final UnlockedTransports.Link linkB = new UnlockedTransports.Link();
        private final UnlockedTransports sessions = new UnlockedTransports();

        public Control_AttachOfEnded() {
            sessions.attach(1, linkA);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.attach(1, linkB);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.destroy(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = linkA.holds(1) || linkB.holds(1) ? "held" : EndCause.DESTROYED;
        }
    }

    @Reproduces(
            mechanism = Mechanism.UNOWNED,
            source = "spring-framework #29375 and #30998; SignalR #3459; aspnet/SignalR #1292; mosca #118")
    @JCStressTest
    @Outcome(id = "true, true, DESTROYED", expect = ACCEPTABLE, desc = "claim -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> claim")
    @Outcome(
            id = "true, true, held",
            expect = ACCEPTABLE_INTERESTING,
            desc = "destroy finds it on A -> claim moves it to B -> destroy takes it off A's counter")
    @Outcome(expect = FORBIDDEN, desc = "G4: no transport holds an ended session")
    @State
    public static class Control_WrongBucket {
        final Meeting meeting = new Meeting();
        final RememberedBucket session = new RememberedBucket();

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim();
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroy();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = session.isOnNone() ? EndCause.DESTROYED : "held";
        }
    }
}
