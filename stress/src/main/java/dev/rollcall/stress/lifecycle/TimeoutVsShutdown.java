package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TIMEOUT;
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
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A sweep finds a session idle for too long while close() ends them all.
 *
 * <p>Guarantees G2, G1 and G10. r1: the sweep says that it ended the session. r2: what became of
 * it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t TimeoutVsShutdown</pre>
 */
@Scenario(
        race = {TIMEOUT, SHUTDOWN},
        proves = {G1, G2, G10})
public final class TimeoutVsShutdown {
    private TimeoutVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void timeout(ZL_Result r) {
            r.r1 = scene.manager.sweep() == 1;
        }

        @Actor
        public void shutdown(ZL_Result r) {
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }
}
