package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.SET_TERMS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Transport;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A session gets a claim secret while somebody claims it without one. Either the claim came first, and whoever set the
 * secret finds the session on its new transport, or it is refused.
 *
 * <p>Guarantee G4. r1: the claim was told that it has the session. r2: the transport that the session had when the
 * secret had been set.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsSetSecret</pre>
 */
@Scenario(
        race = {CLAIM, SET_TERMS},
        proves = G4)
public final class ClaimVsSetSecret {
    private ClaimVsSetSecret() {}

    @JCStressTest
    @Outcome(id = "true, B", expect = ACCEPTABLE, desc = "claim -> set secret -> transport")
    @Outcome(id = "false, A", expect = ACCEPTABLE, desc = "set secret -> claim refused")
    @Outcome(expect = FORBIDDEN, desc = "G4: once the secret is set, nobody claims the session without it")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            try {
                r.r1 = session.claim(scene.transportB);
            } catch (SessionRejectedException wrongSecret) {
                r.r1 = false;
            }
        }

        @Actor
        public void setSecret(ZL_Result r) {
            meeting.arrive();
            boolean isSet = session.setClaimSecret(new byte[] {1});
            Transport<Void> owner = session.transport();
            r.r2 = !isSet ? "not set" : owner == null ? "no owner" : owner.name();
        }
    }
}
