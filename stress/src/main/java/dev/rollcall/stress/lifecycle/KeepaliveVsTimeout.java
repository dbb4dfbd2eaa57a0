package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static dev.rollcall.stress.Operation.TIMEOUT;
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
import dev.rollcall.stress.controls.CheckThenEnd;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A keepalive arrives at the very sweep that finds the session idle for too long. Whoever told
 * the client "alive" must not have the session ended behind it; the sweep ends only from the
 * exact state word that it judged idle.
 *
 * <p>Guarantees G3 and G2. r1: the keepalive was accepted. r2: the sweep says that it ended the
 * session. r3: what became of it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsTimeout</pre>
 */
@Scenario(
        race = {KEEPALIVE, TIMEOUT},
        proves = {G2, G3})
public final class KeepaliveVsTimeout {
    private KeepaliveVsTimeout() {}

    /** By handle. */
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "keepalive -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout; G2: one end")
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
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    /** By id. */
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "keepalive -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout; G2: one end")
    @State
    public static class ExactById {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public ExactById() {
            scene.setHours(3);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.keepAlive(1);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    /** With a coarse clock, which each sweep moves by a third of an hour at most: it is due in the fifth. */
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "keepalive -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> keepalive")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout; G2: one end")
    @State
    public static class ExactCoarseClock {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withCoarseClock();
        final Session<Void> session = scene.create(1);

        public ExactCoarseClock() {
            for (int hour = 1; hour < 5; hour++) {
                scene.setHours(hour);
                scene.manager.sweep();
            }
            scene.setHours(5);
        }

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = scene.manager.keepAlive(1);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(
            mechanism = Mechanism.LOST_KEEPALIVE,
            source = "etcd #14758; spring-session #93; Janus: keepalive acknowledged against the watchdog")
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "keepalive -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> keepalive")
    @Outcome(
            id = "true, true, TIMED_OUT",
            expect = ACCEPTABLE_INTERESTING,
            desc = "timeout finds it idle -> keepalive: alive -> timeout ends it")
    @Outcome(expect = FORBIDDEN, desc = "G3: a keepalive that returned true is not followed by a timeout")
    @State
    public static class Control_CheckThenEnd {
        final Meeting meeting = new Meeting();
        final CheckThenEnd session = new CheckThenEnd(1);

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive(3);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = session.sweep(3);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = session.isEnded() ? EndCause.TIMED_OUT : SessionPhase.ATTACHED;
        }
    }
}
