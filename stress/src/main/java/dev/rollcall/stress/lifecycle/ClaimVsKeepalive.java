package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.SessionPhase;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.SavedSessions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * The old client keeps a session alive while a new one claims it. Both write the state word, one
 * with the lock and one without; neither may undo the other.
 *
 * <p>Guarantees G4 and G3. The session was last active at hour 0, the claim reads the ticker at
 * hour 3 or 5, the keepalive at hour 5; the session timeout is one hour. r1: the claim was told that
 * it has the session. r2: the keepalive was accepted. r3: what a sweep leaves, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsKeepalive</pre>
 */
@Scenario(
        race = {CLAIM, KEEPALIVE},
        proves = {G3, G4})
public final class ClaimVsKeepalive {
    private ClaimVsKeepalive() {}

    @JCStressTest
    @Outcome(id = "true, true, on B", expect = ACCEPTABLE, desc = "claim -> keepalive, or keepalive -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: a claim that returned true has moved the session; G3: both are activity")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            scene.setHours(5);
            r.r2 = session.keepAlive();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.manager.sweep();
            r.r3 = session.info().claims() == 1 ? scene.outcomeOf(session) : "claim undone";
        }
    }

    /**
     * Only the owner may keep it alive. The claim is at hour 3 and the keepalive at hour 5, unless it
     * came before; so the session is due, for the former owner's keepalive at hour 5 is none.
     */
    @JCStressTest
    @Outcome(id = "true, true, TIMED_OUT", expect = ACCEPTABLE, desc = "keepalive -> claim")
    @Outcome(id = "true, false, TIMED_OUT", expect = ACCEPTABLE, desc = "claim -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G4: a session that was claimed is not kept alive by its former owner")
    @State
    public static class ExactByOwner {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public ExactByOwner() {
            scene.setHours(3);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
            scene.setHours(5);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.keepAlive(scene.transportA);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.CHECK_THEN_ACT,
            source = "vertx-web #1748; spring-framework #36742: what was read before a change is put back after it")
    @JCStressTest
    @Outcome(id = "true, true, on B", expect = ACCEPTABLE, desc = "claim -> keepalive, or keepalive -> claim")
    @Outcome(
            id = "true, true, ATTACHED",
            expect = ACCEPTABLE_INTERESTING,
            desc = "keepalive reads it -> claim -> keepalive puts it back on A")
    @Outcome(expect = FORBIDDEN, desc = "G4: a claim that returned true has moved the session")
    @State
    public static class Control_PutBack {
        final Meeting meeting = new Meeting();
        final SavedSessions sessions = new SavedSessions();

        public Control_PutBack() {
            sessions.create(1);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.claim(1, 3);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.keepAlive(1, 5);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = "B".equals(sessions.owner(1)) ? "on B" : SessionPhase.ATTACHED;
        }
    }
}
