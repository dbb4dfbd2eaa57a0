package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.stress.Crowd;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.SavedSessions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A claim races close(). It may move the session first, be refused because the manager is
 * closed, or find that the session has ended; the session ends with the manager in any case.
 *
 * <p>Guarantee G10. r1: what the claim was told. r2: what became of the session, if all
 * records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsShutdown</pre>
 */
@Scenario(
        race = {CLAIM, SHUTDOWN},
        proves = G10)
public final class ClaimVsShutdown {
    private ClaimVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, SHUTDOWN", expect = ACCEPTABLE, desc = "claim -> shutdown")
    @Outcome(id = "CLOSED, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown begins -> claim -> shutdown ends it")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = Scene.tryClaim(session, scene.transportB);
        }

        @Actor
        public void shutdown(LL_Result r) {
            meeting.arrive();
            scene.manager.close();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = scene.outcomeOf(session);
        }
    }

    /** More sessions than one batch, in two shards, some of which are claimed between two batches. */
    @JCStressTest
    @Outcome(id = "true, all once", expect = ACCEPTABLE, desc = "some claims -> shutdown")
    @Outcome(id = "false, all once", expect = ACCEPTABLE, desc = "shutdown -> each claim")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session")
    @Rare("false, all once")
    @State
    public static class ExactBatches {
        final Meeting meeting = new Meeting();
        final Crowd crowd = new Crowd(2, settings -> settings);
        private int claimed;

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            claimed = crowd.claimLastFirst();
            r.r1 = claimed > 0;
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            crowd.scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            Object ended = crowd.ended(EndCause.SHUTDOWN, Crowd.SESSIONS, EndCause.DESTROYED, 0);
            r.r2 = crowd.scene.manager.counts().claims() == claimed ? ended : "claims undone";
        }
    }

    @Reproduces(
            mechanism = Mechanism.ORPHAN,
            source = "UNDERTOW-2147: a session that has ended is put back under another name; netty #4020")
    @JCStressTest
    @Outcome(id = "true, SHUTDOWN", expect = ACCEPTABLE, desc = "claim -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> claim")
    @Outcome(
            id = "true, on B",
            expect = ACCEPTABLE_INTERESTING,
            desc = "claim reads it -> shutdown empties the table -> claim puts it back")
    @Outcome(expect = FORBIDDEN, desc = "G10: close() ends every session")
    @State
    public static class Control_PutBack {
        final Meeting meeting = new Meeting();
        final SavedSessions sessions = new SavedSessions();

        public Control_PutBack() {
            sessions.create(1);
        }

        @Actor
        public void claim(LL_Result r) {
            meeting.arrive();
            r.r1 = sessions.claim(1, 3);
        }

        @Actor
        public void shutdown(LL_Result r) {
            meeting.arrive();
            sessions.close();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r2 = sessions.owner(1) == null ? EndCause.SHUTDOWN : "on B";
        }
    }
}
