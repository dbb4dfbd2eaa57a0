package dev.rollcall.stress.wheel;

import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Guarantee.G6;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A session was lost, its reclaim timeout has passed, and as the sweep comes to end it, it is
 * claimed and lost once more. The timer of the first loss must not end it: the second loss has a
 * grace of its own.
 *
 * <p>Guarantees G6 and G4, invariant S4 of the shard: a filed deadline is judged by the state
 * word, so a session that was claimed meanwhile is filed anew. r1: the claim was told that it
 * has the session. r2: the sweep says that it ended it. r3: what became of the session, if all
 * records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t LossVsClaimVsLoss</pre>
 */
@Scenario(
        race = TIMEOUT,
        against = {CLAIM, TRANSPORT_GONE},
        proves = {G4, G6})
public final class LossVsClaimVsLoss {
    private LossVsClaimVsLoss() {}

    @JCStressTest
    @Outcome(
            id = "true, false, DETACHED",
            expect = ACCEPTABLE,
            desc = "claim -> loss -> timeout, or claim -> timeout -> loss")
    @Outcome(id = "false, true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G6: the grace runs anew from each loss; G4: a claimed session has moved")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.transportA.gone();
            scene.setHours(3);
        }

        @Actor
        public void claimThenLose(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
            scene.transportB.gone();
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }
}
