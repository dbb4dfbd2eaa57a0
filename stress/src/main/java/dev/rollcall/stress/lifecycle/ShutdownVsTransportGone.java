package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.SHUTDOWN;
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
import dev.rollcall.stress.controls.TwoTables;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JLJ_Result;
import org.openjdk.jcstress.infra.results.JL_Result;

/**
 * A transport goes while close() ends all sessions. The session ends once, by one of them, and
 * none is left detached when close() has returned.
 *
 * <p>Guarantees G10 and G2. r1: the live count when close() returned. r2: what became of the
 * session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ShutdownVsTransportGone</pre>
 */
@Scenario(
        race = {SHUTDOWN, TRANSPORT_GONE},
        proves = {G2, G10})
public final class ShutdownVsTransportGone {
    private ShutdownVsTransportGone() {}

    /** Without a reclaim timeout. */
    @JCStressTest
    @Outcome(id = "0, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> shutdown")
    @Outcome(id = "0, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> gone")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session; G2: once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void shutdown(JL_Result r) {
            meeting.arrive();
            scene.manager.close();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void gone(JL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(JL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** With a reclaim timeout. r3: how often it was detached. */
    @JCStressTest
    @Outcome(id = "0, SHUTDOWN, 0", expect = ACCEPTABLE, desc = "shutdown -> gone")
    @Outcome(id = "0, SHUTDOWN, 1", expect = ACCEPTABLE, desc = "gone (detached) -> shutdown")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session, detached ones too")
    @State
    public static class ExactWithReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        @Actor
        public void shutdown(JLJ_Result r) {
            meeting.arrive();
            scene.manager.close();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void gone(JLJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(JLJ_Result r) {
            r.r2 = scene.outcomeOf(session);
            r.r3 = scene.manager.counts().detachments();
        }
    }

    @Reproduces(mechanism = Mechanism.ORPHAN, source = "netty #4020; cometd #1716 and PR #1717")
    @JCStressTest
    @Outcome(id = "0, SHUTDOWN", expect = ACCEPTABLE, desc = "gone (detached) -> shutdown, or shutdown -> gone")
    @Outcome(
            id = {"0, DETACHED", "1, DETACHED", "2, DETACHED"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "shutdown looks into each table while the session is on its way between them")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session, detached ones too")
    @State
    public static class Control_BetweenTables {
        final Meeting meeting = new Meeting();
        final TwoTables sessions = new TwoTables();

        public Control_BetweenTables() {
            sessions.create(1);
        }

        @Actor
        public void shutdown(JL_Result r) {
            meeting.arrive();
            sessions.close();
            r.r1 = sessions.attached() + sessions.detached();
        }

        @Actor
        public void gone(JL_Result r) {
            meeting.arrive();
            sessions.detach(1);
        }

        @Arbiter
        public void arbiter(JL_Result r) {
            boolean live = sessions.attached() + sessions.detached() != 0;
            r.r2 = live ? SessionPhase.DETACHED : EndCause.SHUTDOWN;
        }
    }
}
