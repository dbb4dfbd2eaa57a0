package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G6;
import static dev.rollcall.stress.Operation.SET_TERMS;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
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
import dev.rollcall.stress.controls.GraceReadBefore;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * The reclaim timeout of a session is changed while its transport goes. If the change was accepted
 * before the loss, the loss goes by it; if it came too late, it is told so or the session has been
 * detached by the former one.
 *
 * <p>Guarantee G6. r1: the change was accepted. r2: what became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t SetTimeoutVsTransportGone</pre>
 */
@Scenario(
        race = {SET_TERMS, TRANSPORT_GONE},
        proves = G6)
public final class SetTimeoutVsTransportGone {
    private SetTimeoutVsTransportGone() {}

    /** From none to an hour. */
    @JCStressTest
    @Outcome(id = "true, DETACHED", expect = ACCEPTABLE, desc = "setTimeout -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> setTimeout")
    @Outcome(expect = FORBIDDEN, desc = "G6: a loss is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactFromNone {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void setTimeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.setReclaimTimeout(Scene.HOUR);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** From an hour to none: a session that was detached before is due at once. */
    @JCStressTest
    @Outcome(id = "true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "setTimeout -> gone")
    @Outcome(id = "true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "gone -> setTimeout -> the next sweep")
    @Outcome(expect = FORBIDDEN, desc = "G6: a loss is judged by one setting, and none that was accepted is ignored")
    @State
    public static class ExactToNone {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(9);
        final Session<Void> session = scene.create(1);

        @Actor
        public void setTimeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.setReclaimTimeout(Duration.ZERO);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            scene.setHours(1);
            scene.manager.sweep();
            r.r2 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "a setting that is read before it is acted on")
    @JCStressTest
    @Outcome(id = "true, DETACHED", expect = ACCEPTABLE, desc = "setTimeout -> gone")
    @Outcome(id = "false, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> setTimeout")
    @Outcome(
            id = "true, TRANSPORT_GONE",
            expect = ACCEPTABLE_INTERESTING,
            desc = "gone reads that there is no grace -> setTimeout accepted -> gone ends it")
    @Outcome(expect = FORBIDDEN, desc = "G6: a loss is judged by one setting, and none that was accepted is ignored")
    @State
    public static class Control_GraceReadBefore {
        final Meeting meeting = new Meeting();
        final GraceReadBefore session = new GraceReadBefore();

        @Actor
        public void setTimeout(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.setGrace(1);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            session.lose();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = session.isEnded() ? EndCause.TRANSPORT_GONE : SessionPhase.DETACHED;
        }
    }
}
