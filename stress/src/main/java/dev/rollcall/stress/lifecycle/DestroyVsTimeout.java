package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TIMEOUT;
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
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A client destroys its session while a sweep finds it idle for too long. Janus 1.3.0 forgot to
 * count the timeout; its fix counts both, whoever removed the session.
 *
 * <p>Guarantees G2 and G1, invariants S1 to S3 of the shard. r1: destroy says that it ended the
 * session. r2: the sweep says so. r3: what became of the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeout</pre>
 */
@Scenario(
        race = {DESTROY, TIMEOUT},
        proves = {G1, G2})
public final class DestroyVsTimeout {
    private DestroyVsTimeout() {}

    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
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

    /** More sessions than one batch, in two shards, some of which are destroyed. */
    @JCStressTest
    @Outcome(id = "true, true, all once", expect = ACCEPTABLE, desc = "some destroy -> timeout of all others")
    @Outcome(id = "false, true, all once", expect = ACCEPTABLE, desc = "timeout of all -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @Rare("false, true, all once")
    @State
    public static class ExactBatches {
        final Meeting meeting = new Meeting();
        final Crowd crowd = new Crowd(2, settings -> settings);
        private int destroyed;
        private int timedOut;

        public ExactBatches() {
            crowd.scene.setHours(3);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            destroyed = crowd.destroyLastFirst();
            r.r1 = destroyed > 0;
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            timedOut = crowd.scene.manager.sweep();
            r.r2 = timedOut > 0;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = crowd.ended(EndCause.DESTROYED, destroyed, EndCause.TIMED_OUT, timedOut);
        }
    }

    /** The reclaim timeout runs out instead. */
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout")
    @Outcome(id = "false, true, RECLAIM_EXPIRED", expect = ACCEPTABLE, desc = "timeout -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class ExactReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public ExactReclaim() {
            scene.transportA.gone();
            scene.setHours(3);
        }

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
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
            mechanism = Mechanism.DOUBLE_DECREMENT,
            source = "fix of janus-gateway #3526 and #3532; OpenLiberty #16539; HikariCP #128")
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> destroy")
    @Outcome(
            id = "true, true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it -> both remove -> both decrement")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_PublishedFix {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.timeout(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.outcome(r.r1 ? EndCause.DESTROYED : EndCause.TIMED_OUT);
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "vertx-web #1748; jetty #14196")
    @JCStressTest
    @Outcome(id = "true, false, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout")
    @Outcome(id = "false, true, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> destroy")
    @Outcome(
            id = "true, true, one too few",
            expect = ACCEPTABLE_INTERESTING,
            desc = "destroy finds it -> timeout -> destroy decrements")
    @Outcome(expect = FORBIDDEN, desc = "G2: one end, one winner, one cause; G1: counted once")
    @State
    public static class Control_CheckThenAct {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.DESTROY_CHECKS_THEN_REMOVES, 1);

        @Actor
        public void destroy(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.destroy(1);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.timeout(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.outcome(r.r1 ? EndCause.DESTROYED : EndCause.TIMED_OUT);
        }
    }
}
