package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
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
import dev.rollcall.stress.controls.CheckThenEnd;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A client that was away claims its session at the sweep that ends it, idle for too long or past
 * its reclaim timeout. Either the claim moves the session and the sweep lets go of it, or the
 * claim is told that there is no such session.
 *
 * <p>Guarantees G4, G3 and G2, invariants S1 to S4 of the shard. r1: the claim was told that it
 * has the session. r2: the sweep says that it ended it. r3: what became of it, if all records
 * agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsTimeout</pre>
 */
@Scenario(
        race = {CLAIM, TIMEOUT},
        proves = {G2, G3, G4})
public final class ClaimVsTimeout {
    private ClaimVsTimeout() {}

    /** Attached and idle for too long. */
    @JCStressTest
    @Outcome(id = "true, false, on B", expect = ACCEPTABLE, desc = "claim -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> claim")
    @Outcome(
            expect = FORBIDDEN,
            desc = "G4: a claim that returned true has moved the session; G3: and is activity; G2: one end")
    @State
    public static class ExactIdle {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public ExactIdle() {
            scene.setHours(3);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
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

    /** Detached and past its reclaim timeout. */
    @JCStressTest
    @Outcome(id = "true, false, on B", expect = ACCEPTABLE, desc = "claim -> timeout")
    @Outcome(id = "false, true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> claim")
    @Outcome(
            expect = FORBIDDEN,
            desc = "G4: a claim that returned true has moved the session; G3: and is activity; G2: one end")
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
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
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

    @Reproduces(
            mechanism = Mechanism.CHECK_THEN_ACT,
            source = "Janus: a claim told success for a session that has just timed out")
    @JCStressTest
    @Outcome(id = "true, false, on B", expect = ACCEPTABLE, desc = "claim -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> claim")
    @Outcome(
            id = "true, true, TIMED_OUT",
            expect = ACCEPTABLE_INTERESTING,
            desc = "timeout finds it idle -> claim: yours -> timeout ends it")
    @Outcome(
            expect = FORBIDDEN,
            desc = "G4: a claim that returned true has moved the session; G3: and counts as activity")
    @State
    public static class Control_ClaimOfEnded {
        final Meeting meeting = new Meeting();
        final CheckThenEnd session = new CheckThenEnd(1);

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(3);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.sweep(3);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = session.isEnded() ? EndCause.TIMED_OUT : "on " + session.owner();
        }
    }
}
