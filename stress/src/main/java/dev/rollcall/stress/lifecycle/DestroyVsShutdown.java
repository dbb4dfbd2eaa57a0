package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
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
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A session is destroyed while close() ends them all. In HikariCP such a pair decremented twice
 * and the pool counted minus two connections.
 *
 * <p>Guarantees G2, G1 and G10. r1: destroy says that it ended the session. r2: what became of
 * it, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsShutdown</pre>
 */
@Scenario(
        race = {DESTROY, SHUTDOWN},
        proves = {G1, G2, G10})
public final class DestroyVsShutdown {
    private DestroyVsShutdown() {}

    @JCStressTest
    @Outcome(id = "true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once; G10: all ended")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
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

    /** More sessions than one batch, in two shards. */
    @JCStressTest
    @Outcome(
            id = "true, all once",
            expect = ACCEPTABLE,
            desc = "some destroy -> shutdown, the others ended by shutdown")
    @Outcome(id = "false, all once", expect = ACCEPTABLE, desc = "shutdown -> each destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once; G10: all ended")
    @Rare("false, all once")
    @State
    public static class ExactBatches {
        final Meeting meeting = new Meeting();
        final Crowd crowd = new Crowd(2, settings -> settings);
        private int destroyed;

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            destroyed = crowd.destroyLastFirst();
            r.r1 = destroyed > 0;
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            crowd.scene.manager.close();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = crowd.ended(EndCause.DESTROYED, destroyed, EndCause.SHUTDOWN, Crowd.SESSIONS - destroyed);
        }
    }

    @Reproduces(mechanism = Mechanism.DOUBLE_DECREMENT, source = "HikariCP #128; dcache PR #1346")
    @JCStressTest
    @Outcome(id = "true, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> shutdown")
    @Outcome(id = "false, SHUTDOWN", expect = ACCEPTABLE, desc = "shutdown -> destroy")
    @Outcome(
            id = "true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_BothDecrement {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            sessions.timeout(1);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = sessions.outcome(r.r1 ? EndCause.DESTROYED : EndCause.SHUTDOWN);
        }
    }
}
