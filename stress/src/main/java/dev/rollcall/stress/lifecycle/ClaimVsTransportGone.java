package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Guarantee.G5;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionPhase;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.UnlockedTransports;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLJ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A session is claimed from transport A for transport B while one of the two goes. The loss of
 * the old owner must not touch a session that has been moved; the loss of the new one must not
 * leave a session attached to a dead transport.
 *
 * <p>Guarantees G4, G5 and G2, invariants S3 and S5 of the shard. r1: what the claim was told.
 * r2: what became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsTransportGone</pre>
 */
@Scenario(
        race = {CLAIM, TRANSPORT_GONE},
        proves = {G2, G4, G5})
public final class ClaimVsTransportGone {
    private ClaimVsTransportGone() {}

    /** claim(B) against gone(A). */
    @JCStressTest
    @Outcome(id = "true, on B", expect = ACCEPTABLE, desc = "claim -> gone(A)")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone(A) -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: the old owner's loss cannot touch a claimed session; G2: one end")
    @State
    public static class ExactOldTransport {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = Scene.tryClaim(session, scene.transportB);
        }

        @Actor
        public void gone(LL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** claim(B) against gone(A), which would only detach. r3: how often it did; more if A is not gone. */
    @JCStressTest
    @Outcome(id = "true, on B, 0", expect = ACCEPTABLE, desc = "claim -> gone(A)")
    @Outcome(id = "true, on B, 1", expect = ACCEPTABLE, desc = "gone(A) (detached) -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: the old owner's loss cannot touch a claimed session")
    @State
    public static class ExactOldTransportWithReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(LLJ_Result r) {
            meeting.arrive();
            r.r1 = Scene.tryClaim(session, scene.transportB);
        }

        @Actor
        public void gone(LLJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(LLJ_Result r) {
            r.r2 = scene.outcomeOf(session);
            r.r3 = scene.manager.counts().detachments() + (scene.transportA.isGone() ? 0 : 9);
        }
    }

    /** claim(B) against gone(B). */
    @JCStressTest
    @Outcome(id = "true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "claim -> gone(B)")
    @Outcome(id = "TRANSPORT_GONE, ATTACHED", expect = ACCEPTABLE, desc = "gone(B) -> claim, refused: nothing changed")
    @Outcome(
            expect = FORBIDDEN,
            desc = "G5: no session is attached to a transport that is gone; G4: a refused claim changes nothing")
    @State
    public static class ExactNewTransport {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = Scene.tryClaim(session, scene.transportB);
        }

        @Actor
        public void gone(LL_Result r) {
            meeting.arrive();
            scene.transportB.gone();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.STALE_GENERATION,
            source = "janus-gateway PR #1990; agent-portal #1256; fluxmq PR #597")
    @JCStressTest
    @Outcome(id = "true, on B", expect = ACCEPTABLE, desc = "claim -> gone(A)")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone(A) -> claim")
    @Outcome(
            id = "true, TRANSPORT_GONE",
            expect = ACCEPTABLE_INTERESTING,
            desc = "gone(A) finds it -> claim -> gone(A) ends it")
    @Outcome(expect = FORBIDDEN, desc = "G4: the old owner's loss cannot touch a claimed session")
    @State
    public static class Control_LateGone {
        final Meeting meeting = new Meeting();
        private final UnlockedTransports.Link linkA = new UnlockedTransports.Link();
        private final UnlockedTransports.Link linkB = new UnlockedTransports.Link();
        private final UnlockedTransports sessions = new UnlockedTransports();

        public Control_LateGone() {
            sessions.attach(1, linkA);
        }

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = sessions.attach(1, linkB);
        }

        @Actor
        public void gone(LL_Result r) {
            meeting.arrive();
            sessions.gone(1, linkA);
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = sessions.isEnded() ? EndCause.TRANSPORT_GONE : "on B";
        }
    }

    @Reproduces(mechanism = Mechanism.ORPHAN, source = "Janus: claims handled after the loss of their transport")
    @JCStressTest
    @Outcome(id = "true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "claim -> gone(B)")
    @Outcome(id = "false, ATTACHED", expect = ACCEPTABLE, desc = "gone(B) -> claim, refused")
    @Outcome(
            id = "true, on B",
            expect = ACCEPTABLE_INTERESTING,
            desc = "claim finds B open -> gone(B) -> claim moves it there")
    @Outcome(expect = FORBIDDEN, desc = "G5: no session is attached to a transport that is gone")
    @State
    public static class Control_DeadTransport {
        final Meeting meeting = new Meeting();
        private final UnlockedTransports.Link linkA = new UnlockedTransports.Link();
        private final UnlockedTransports.Link linkB = new UnlockedTransports.Link();
        private final UnlockedTransports sessions = new UnlockedTransports();

        public Control_DeadTransport() {
            sessions.attach(1, linkA);
        }

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = sessions.attach(1, linkB);
        }

        @Actor
        public void gone(LL_Result r) {
            meeting.arrive();
            sessions.gone(1, linkB);
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            boolean onB = sessions.owner() == linkB;
            r.r2 = sessions.isEnded() ? EndCause.TRANSPORT_GONE : onB ? "on B" : SessionPhase.ATTACHED;
        }
    }
}
