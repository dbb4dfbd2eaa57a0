package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
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
 * <p>Guarantees G4 and G3. r1: the claim was told that it has the session. r2: the keepalive was
 * accepted. r3: what became of the session, if all records agree.
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
    @Outcome(expect = FORBIDDEN, desc = "G4: a claim that returned true has moved the session")
    @State
    public static class Exact {
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void claim(ZZL_Result r) {
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            r.r2 = session.keepAlive();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }
}
