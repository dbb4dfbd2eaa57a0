package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A create races close(). Either its session is closed with all others, or it is refused; when
 * close() returns nothing is live, and nothing comes alive after.
 *
 * <p>Guarantee G10. r1: what the create was told. r2: what became of the session, if all records
 * agree. r3: the live count when close() returned.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsShutdown</pre>
 */
@Scenario(
        race = {CREATE, SHUTDOWN},
        proves = G10)
public final class CreateVsShutdown {
    private CreateVsShutdown() {}

    @JCStressTest
    @Outcome(id = "created, SHUTDOWN, 0", expect = ACCEPTABLE, desc = "create -> shutdown")
    @Outcome(id = "CLOSED, no session, 0", expect = ACCEPTABLE, desc = "shutdown -> create")
    @Outcome(expect = FORBIDDEN, desc = "G10: when close() returned nothing is live, for good")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(1, scene.transportA);
        }

        @Actor
        public void shutdown(LLL_Result r) {
            meeting.arrive();
            scene.manager.close();
            r.r3 = scene.manager.count();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = scene.outcomeOfId(1);
        }
    }

    @Reproduces(mechanism = Mechanism.ORPHAN, source = "netty #4020")
    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "create -> shutdown")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "shutdown -> create")
    @Outcome(
            id = "true, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create finds it open -> shutdown empties the table -> create puts")
    @Outcome(expect = FORBIDDEN, desc = "G10: when close() returned nothing is live, for good")
    @State
    public static class Control_PutAfterClose {
        final Meeting meeting = new Meeting();
        final ClosingGroup sessions = new ClosingGroup();

        @Actor
        public void create(ZJ_Result r) {
            meeting.arrive();
            r.r1 = sessions.create(1);
        }

        @Actor
        public void shutdown(ZJ_Result r) {
            meeting.arrive();
            sessions.close();
        }

        @Arbiter
        public void arbiter(ZJ_Result r) {
            r.r2 = sessions.live();
        }
    }
}
