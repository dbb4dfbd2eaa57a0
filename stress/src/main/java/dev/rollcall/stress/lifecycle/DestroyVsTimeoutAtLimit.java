package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G9;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.LeakyPermits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The limit is reached and its only session ends in a race of destroy against timeout. One
 * permit comes back, not two: else the limit has been raised for good.
 *
 * <p>Guarantee G9, invariant S6 of the shard. r1, r2: what the first and the second create after
 * both are told. r3: how the session ended.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeoutAtLimit</pre>
 */
@Scenario(
        race = {DESTROY, TIMEOUT},
        proves = G9)
public final class DestroyVsTimeoutAtLimit {
    private DestroyVsTimeoutAtLimit() {}

    @JCStressTest
    @Outcome(id = "created, LIMIT_REACHED, DESTROYED", expect = ACCEPTABLE, desc = "destroy -> timeout")
    @Outcome(id = "created, LIMIT_REACHED, TIMED_OUT", expect = ACCEPTABLE, desc = "timeout -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G9: every permit is given back, once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(settings -> settings.maxSessions(1));
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
        }

        @Actor
        public void destroy() {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void timeout() {
            meeting.arrive();
            scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r1 = scene.tryCreate(2, scene.transportA);
            r.r2 = scene.tryCreate(3, scene.transportA);
            r.r3 = session.endCause();
        }
    }

    @Reproduces(mechanism = Mechanism.DOUBLE_DECREMENT, source = "netty #14959")
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "destroy -> timeout, or timeout -> destroy")
    @Outcome(
            id = "true, true",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find it live -> both give the permit back")
    @Outcome(expect = FORBIDDEN, desc = "G9: every permit is given back, once")
    @State
    public static class Control_PermitTwice {
        final Meeting meeting = new Meeting();
        final LeakyPermits sessions = new LeakyPermits(1);

        @Actor
        public void destroy() {
            meeting.arrive();
            sessions.end();
        }

        @Actor
        public void timeout() {
            meeting.arrive();
            sessions.end();
        }

        @Arbiter
        public void arbiter(ZZ_Result r) {
            r.r1 = sessions.tryCreate();
            r.r2 = sessions.tryCreate();
        }
    }
}
