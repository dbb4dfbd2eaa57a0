package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionPhase;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.PlainWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A keepalive comes in while the session is destroyed. It may be accepted first or refused, but
 * it must not bring the session back: ended is for good.
 *
 * <p>Guarantee G2. r1: the keepalive was accepted. r2: the destroy says that it ended the
 * session. r3: what became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsDestroy</pre>
 */
@Scenario(
        race = {KEEPALIVE, DESTROY},
        proves = G2)
public final class KeepaliveVsDestroy {
    private KeepaliveVsDestroy() {}

    @JCStressTest
    @Outcome(id = "true, true, DESTROYED", expect = ACCEPTABLE, desc = "keepalive -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G2: an end is for good")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive();
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroy();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.DUPLICATE_ID,
            source = "UNDERTOW-2147; spring-framework #36742: an ended session is put back")
    @JCStressTest
    @Outcome(id = "true, true, DESTROYED", expect = ACCEPTABLE, desc = "keepalive -> destroy")
    @Outcome(id = "false, true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> keepalive")
    @Outcome(
            id = "true, true, ATTACHED",
            expect = ACCEPTABLE_INTERESTING,
            desc = "keepalive reads the word -> destroy -> keepalive writes it back")
    @Outcome(expect = FORBIDDEN, desc = "G2: an end is for good")
    @State
    public static class Control_PlainWrite {
        final Meeting meeting = new Meeting();
        final PlainWord session = new PlainWord();

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive(3);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.destroy();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = session.isEnded() ? EndCause.DESTROYED : SessionPhase.ATTACHED;
        }
    }
}
