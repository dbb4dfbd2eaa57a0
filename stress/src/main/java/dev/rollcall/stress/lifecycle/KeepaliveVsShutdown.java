package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static dev.rollcall.stress.Operation.SHUTDOWN;
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
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A keepalive comes in while close() ends all sessions. It may be accepted first or refused, but
 * the session is ended for good when both are done.
 *
 * <p>Guarantees G10 and G2. r1: the keepalive was accepted. r2: what became of the session, if all
 * records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsShutdown</pre>
 */
@Scenario(
        race = {KEEPALIVE, SHUTDOWN},
        proves = {G2, G10})
public final class KeepaliveVsShutdown {
    private KeepaliveVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, SHUTDOWN", expect = ACCEPTABLE, desc = "keepalive -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G10: no session is live after close(); G2: an end is for good")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void keepAlive(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive();
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }
}
