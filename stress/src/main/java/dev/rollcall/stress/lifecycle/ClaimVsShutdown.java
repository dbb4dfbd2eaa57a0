package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.SHUTDOWN;
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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A claim races close(). It may move the session first, be refused because the manager is
 * closed, or find that the session has ended; the session ends with the manager in any case.
 *
 * <p>Guarantees G10 and G4. r1: what the claim was told. r2: what became of the session, if all
 * records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsShutdown</pre>
 */
@Scenario(
        race = {CLAIM, SHUTDOWN},
        proves = {G4, G10})
public final class ClaimVsShutdown {
    private ClaimVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, SHUTDOWN", expect = ACCEPTABLE, desc = "claim -> shutdown")
    @Outcome(id = "CLOSED, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown begins -> claim -> shutdown ends it")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session")
    @State
    public static class Exact {
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(LL_Result r) {
            r.r1 = Scene.tryClaim(session, scene.transportB);
        }

        @Actor
        public void shutdown(LL_Result r) {
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }
}
