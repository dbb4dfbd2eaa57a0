package dev.rollcall.stress.wheel;

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
import dev.rollcall.stress.controls.ZeroedTimer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A sweep comes to a session that was kept alive since it was filed: its deadline has moved and
 * the sweep files it again, while yet another keepalive moves it. Nothing is ended early, and
 * nothing is forgotten: without further activity it ends when it is due.
 *
 * <p>Guarantee G3, invariant S4 of the shard (lazy re-arming). The session was filed at hour 0
 * for hour 1 and active at hour 3. r1: the keepalive at hour 3 or later was accepted. r2: how many
 * the sweep at hour 3 or later ended. r3: what a sweep far later leaves.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsRefiling</pre>
 */
@Scenario(
        race = {KEEPALIVE, TIMEOUT},
        proves = G3)
public final class KeepaliveVsRefiling {
    private KeepaliveVsRefiling() {}

    @JCStressTest
    @Outcome(
            id = "true, 0, TIMED_OUT",
            expect = ACCEPTABLE,
            desc = "keepalive -> timeout -> a late sweep, or timeout -> keepalive -> a late sweep")
    @Outcome(expect = FORBIDDEN, desc = "G3: neither early nor forgotten")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withSessionTimeout(2);
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.setHours(3);
            session.keepAlive();
            scene.setHours(4);
        }

        @Actor
        public void keepAlive(ZLL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive();
        }

        @Actor
        public void timeout(ZLL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.sweep();
        }

        @Arbiter
        public void arbiter(ZLL_Result r) {
            scene.setHours(9);
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.LOST_KEEPALIVE, source = "cometd #1716 and PR #1717")
    @JCStressTest
    @Outcome(
            id = "true, false, TIMED_OUT",
            expect = ACCEPTABLE,
            desc = "keepalive -> timeout -> a late sweep, or timeout -> keepalive -> a late sweep")
    @Outcome(
            id = "true, false, ATTACHED",
            expect = ACCEPTABLE_INTERESTING,
            desc = "keepalive zeroes the deadline -> timeout drops the timer -> no sweep looks at it again")
    @Outcome(expect = FORBIDDEN, desc = "G3: neither early nor forgotten")
    @State
    public static class Control_TimerDropped {
        final Meeting meeting = new Meeting();
        final ZeroedTimer session = new ZeroedTimer(2, 5);

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive(4);
        }

        @Actor
        public void timeout(ZZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && session.isTimed(); tries++) {
                r.r2 |= session.sweep(4);
            }
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            session.sweep(9);
            r.r3 = session.isEnded() ? EndCause.TIMED_OUT : SessionPhase.ATTACHED;
        }
    }
}
