package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Guarantee.G2;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.ClosingGroup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads close the manager. Whichever returns first, nothing is live then: the second call
 * must not return early because the first one is at it.
 *
 * <p>Guarantees G10 and G2. r1, r2: the live counts when the calls returned. r3: what became of
 * the session, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ShutdownVsShutdown</pre>
 */
@Scenario(
        race = SHUTDOWN,
        proves = {G2, G10})
public final class ShutdownVsShutdown {
    private ShutdownVsShutdown() {}

    @JCStressTest
    @Outcome(
            id = "0, 0, SHUTDOWN",
            expect = ACCEPTABLE,
            desc = "shutdown -> shutdown, or overlapping: each returns when nothing is live")
    @Outcome(expect = FORBIDDEN, desc = "G10: when close() returned nothing is live; G2: one end")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void shutdown(LLL_Result r) {
            meeting.arrive();
            scene.manager.close();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void shutdownToo(LLL_Result r) {
            meeting.arrive();
            scene.manager.close();
            r.r2 = scene.manager.count();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = scene.outcomeOf(session);
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "netty #4020")
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "shutdown -> shutdown")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "the first is at work -> the second returns")
    @Outcome(expect = FORBIDDEN, desc = "G10: when close() returned nothing is live")
    @State
    public static class Control_SecondReturnsEarly {
        final Meeting meeting = new Meeting();
        final ClosingGroup sessions = new ClosingGroup();

        public Control_SecondReturnsEarly() {
            sessions.create(1);
        }

        @Actor
        public void shutdown(JJ_Result r) {
            meeting.arrive();
            sessions.close();
            r.r1 = sessions.live();
        }

        @Actor
        public void shutdownToo(JJ_Result r) {
            meeting.arrive();
            sessions.close();
            r.r2 = sessions.live();
        }
    }
}
