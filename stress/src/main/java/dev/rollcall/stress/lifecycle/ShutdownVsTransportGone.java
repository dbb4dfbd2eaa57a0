package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G5;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
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
import org.openjdk.jcstress.infra.results.JL_Result;

/**
 * A transport goes while close() ends all sessions. The session ends once, by one of them, and
 * none is left detached when close() has returned.
 *
 * <p>Guarantees G10, G2 and G5. r1: the live count when close() returned. r2: what became of the
 * session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ShutdownVsTransportGone</pre>
 */
@Scenario(
        race = {SHUTDOWN, TRANSPORT_GONE},
        proves = {G2, G5, G10})
public final class ShutdownVsTransportGone {
    private ShutdownVsTransportGone() {}

    /** Without a reclaim timeout. */
    @JCStressTest
    @Outcome(id = "0, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> shutdown")
    @Outcome(id = "0, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> gone")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session; G2: once")
    @State
    public static class Exact {
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void shutdown(JL_Result r) {
            scene.manager.close();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void gone(JL_Result r) {
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(JL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** With a reclaim timeout. */
    @JCStressTest
    @Outcome(id = "0, SHUTDOWN", expect = ACCEPTABLE, desc = "gone (detached) -> shutdown, or shutdown -> gone")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session, detached ones too")
    @State
    public static class ExactWithReclaim {
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        @Actor
        public void shutdown(JL_Result r) {
            scene.manager.close();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void gone(JL_Result r) {
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(JL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }
}
