package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.Transport;
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
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two clients claim the same session for their transports. Both claims succeed, one after the
 * other; in the end one transport owns it and the other does not know it any more.
 *
 * <p>Guarantee G4, invariant S3 of the shard. r1, r2: what the claims for B and for C were told.
 * r3: the owner, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsClaim</pre>
 */
@Scenario(race = CLAIM, proves = G4)
public final class ClaimVsClaim {
    private ClaimVsClaim() {}

    @JCStressTest
    @Outcome(id = "true, true, only B", expect = ACCEPTABLE, desc = "claim(C) -> claim(B)")
    @Outcome(id = "true, true, only C", expect = ACCEPTABLE, desc = "claim(B) -> claim(C)")
    @Outcome(expect = FORBIDDEN, desc = "G4: one owner, and both indexes agree")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Transport<Void> transportC = scene.manager.openTransport("C");
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void claimToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.claim(transportC);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            boolean onB = session.transport() == scene.transportB;
            boolean agreed = scene.transportB.count() == (onB ? 1 : 0)
                    && transportC.count() == (onB ? 0 : 1)
                    && scene.transportA.count() == 0
                    && scene.disagreement() == null;
            r.r3 = agreed ? onB ? "only B" : "only C" : "indexes disagree";
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "janus-gateway PR #1990")
    @JCStressTest
    @Outcome(id = "true, true, only B", expect = ACCEPTABLE, desc = "claim(C) -> claim(B)")
    @Outcome(id = "true, true, only C", expect = ACCEPTABLE, desc = "claim(B) -> claim(C)")
    @Outcome(
            id = "true, true, indexes disagree",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both take it from A -> both put it into their set")
    @Outcome(expect = FORBIDDEN, desc = "G4: one owner, and both indexes agree")
    @State
    public static class Control_TwoWrites {
        final Meeting meeting = new Meeting();
        private final UnlockedTransports.Link linkA = new UnlockedTransports.Link();
        private final UnlockedTransports.Link linkB = new UnlockedTransports.Link();
        private final UnlockedTransports.Link linkC = new UnlockedTransports.Link();
        private final UnlockedTransports sessions = new UnlockedTransports();

        public Control_TwoWrites() {
            sessions.attach(1, linkA);
        }

        @Actor
        public void claim(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.attach(1, linkB);
        }

        @Actor
        public void claimToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.attach(1, linkC);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            boolean onB = sessions.owner() == linkB;
            boolean agreed = linkB.holds(1) == onB && linkC.holds(1) == !onB && !linkA.holds(1);
            r.r3 = agreed ? onB ? "only B" : "only C" : "indexes disagree";
        }
    }
}
