package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G6;
import static dev.rollcall.stress.Operation.KEEPALIVE;
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
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * The transport of a session that has been idle for long goes while a keepalive comes in. The
 * reclaim timeout runs from the loss, whether the keepalive made it or not; Janus measured it
 * from the last activity, so that an idle session had no grace at all.
 *
 * <p>Guarantee G6. The session was last active at hour 0, the loss is at hour 3, the
 * reclaim timeout two hours. r1: the keepalive was accepted. r2: what a sweep at hour 4 leaves.
 * r3: what a sweep at hour 8 leaves.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsTransportGone</pre>
 */
@Scenario(
        race = {KEEPALIVE, TRANSPORT_GONE},
        proves = G6)
public final class KeepaliveVsTransportGone {
    private KeepaliveVsTransportGone() {}

    @JCStressTest
    @Outcome(id = "true, DETACHED, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "keepalive -> gone")
    @Outcome(id = "false, DETACHED, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "gone -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G6: the reclaim timeout runs from the instant of loss")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(2);
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void keepAlive(ZLL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive();
        }

        @Actor
        public void gone(ZLL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZLL_Result r) {
            scene.setHours(4);
            scene.manager.sweep();
            r.r2 = scene.outcomeOf(session);
            scene.setHours(8);
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }
}
