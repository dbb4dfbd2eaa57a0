package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Three paths end one session at once: a client destroys it, it has been idle for too long, and its
 * transport goes. On a machine with two processors the third thread comes in where one of the others is
 * stopped; from three on all of them overlap.
 *
 * <p>Guarantees G2 and G1. r1: destroy says that it ended the session. r2: how many the sweep ended. r3: what
 * became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeoutVsTransportGone</pre>
 */
@Scenario(
        race = {DESTROY, TIMEOUT, TRANSPORT_GONE},
        proves = {G1, G2})
public final class DestroyVsTimeoutVsTransportGone {
    private static final int ACTORS = 3;

    private DestroyVsTimeoutVsTransportGone() {}

    @JCStressTest
    @Outcome(id = "true, 0, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout, gone in any order")
    @Outcome(id = "false, 1, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> destroy, gone in any order")
    @Outcome(id = "false, 0, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> destroy, timeout in any order")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting(ACTORS);
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void destroy(LLL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
        }

        @Actor
        public void timeout(LLL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep();
        }

        @Actor
        public void gone(LLL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.DOUBLE_DECREMENT,
            source = "fix of janus-gateway #3526 and #3532; OpenLiberty #16539; HikariCP #128")
    @JCStressTest
    @Outcome(id = "true, 0, agreed", expect = ACCEPTABLE, desc = "destroy -> timeout, gone in any order")
    @Outcome(id = "false, 1, agreed", expect = ACCEPTABLE, desc = "timeout -> destroy, gone in any order")
    @Outcome(id = "false, 0, agreed", expect = ACCEPTABLE, desc = "gone -> destroy, timeout in any order")
    @Outcome(
            id = {"(true|false), [01], one too few", "(true|false), [01], drift -2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "two or three find it -> all of them remove -> all of them decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_PublishedFix {
        final Meeting meeting = new Meeting(ACTORS);
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void destroy(LLL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void timeout(LLL_Result r) {
            meeting.arrive();
            r.r2 = sessions.timeout(1) ? 1 : 0;
        }

        @Actor
        public void gone(LLL_Result r) {
            meeting.arrive();
            sessions.transportGone(1);
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = sessions.outcome("agreed");
        }
    }
}
