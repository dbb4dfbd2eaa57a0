package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Operation.SET_TERMS;
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
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * The session timeout is changed at the sweep that would end the session. If the change was
 * accepted, the session lives or ends by the new timeout; if it came too late, it is told so.
 *
 * <p>Guarantee G3, invariant S4 of the shard. The session has been idle for three hours. r1: the
 * change was accepted. r2: the sweep says that it ended the session. r3: what became of it, if
 * all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t SetTimeoutVsTimeout</pre>
 */
@Scenario(
        race = {SET_TERMS, TIMEOUT},
        proves = G3)
public final class SetTimeoutVsTimeout {
    private SetTimeoutVsTimeout() {}

    /** From one hour to nine. */
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> setTimeout")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactLonger {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public ExactLonger() {
            scene.setHours(3);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setSessionTimeout(Scene.HOUR.multipliedBy(9));
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

    /** From one hour to never. */
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> setTimeout")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactDisabled {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public ExactDisabled() {
            scene.setHours(3);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setSessionTimeout(Duration.ZERO);
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

    /** From nine hours to one: due at once, at the latest in the next sweep. */
    @JCStressTest
    @Outcome(id = "true, true, TIMED_OUT", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "true, false, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> setTimeout -> the next sweep")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactShorter {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withSessionTimeout(9);
        final Session<Void> session = scene.create(1);

        public ExactShorter() {
            scene.setHours(3);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setSessionTimeout(Scene.HOUR);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.setHours(4);
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    /**
     * From nine hours to one, while the sweep looks at the session only because it was created nine hours ago.
     * It was kept alive two hours ago, so it becomes due by the change, not by the sweep.
     */
    @JCStressTest
    @Outcome(id = "true, true, TIMED_OUT", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "true, false, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> setTimeout -> the next sweep")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactShorterKeptAlive {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withSessionTimeout(9);
        final Session<Void> session = scene.create(1);

        public ExactShorterKeptAlive() {
            scene.setHours(8);
            session.keepAlive();
            scene.setHours(10);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setSessionTimeout(Scene.HOUR);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.setHours(11);
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    /** The reclaim timeout of a lost session, from one hour to nine. */
    @JCStressTest
    @Outcome(id = "true, false, DETACHED", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "false, true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> setTimeout")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactReclaimLonger {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public ExactReclaimLonger() {
            scene.transportA.gone();
            scene.setHours(3);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setReclaimTimeout(Scene.HOUR.multipliedBy(9));
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

    /** The reclaim timeout of a lost session, from nine hours to one. */
    @JCStressTest
    @Outcome(id = "true, true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "true, false, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> setTimeout -> the next sweep")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactReclaimShorter {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(9);
        final Session<Void> session = scene.create(1);

        public ExactReclaimShorter() {
            scene.transportA.gone();
            scene.setHours(3);
        }

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setReclaimTimeout(Scene.HOUR);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep() == 1;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.setHours(4);
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.LOST_KEEPALIVE, source = "cometd #970 and #971")
    @JCStressTest
    @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "setTimeout -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> setTimeout")
    @Outcome(
            id = "true, true, TIMED_OUT",
            expect = ACCEPTABLE_INTERESTING,
            desc = "timeout finds it idle -> setTimeout accepted -> timeout ends it")
    @Outcome(expect = FORBIDDEN, desc = "G3: a timeout is judged by one setting, and none that was accepted is ignored")
    @State
    public static class Control_CheckThenEnd {
        final Meeting meeting = new Meeting();
        final CheckThenEnd session = new CheckThenEnd(1);

        @Actor
        public void setTimeout(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.setTimeout(9);
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
