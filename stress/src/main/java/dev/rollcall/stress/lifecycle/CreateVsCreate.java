package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G7;
import static dev.rollcall.stress.Operation.CREATE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
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
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two clients choose the same session id. One gets the session, the other a conflict error, and
 * the error leaves nothing behind, in the count least of all.
 *
 * <p>Guarantees G7 and G1, invariants S1 and S3 of the shard. r1, r2: what the creates were
 * told. r3: what became of the session, if all records agree; the second create is for transport
 * B.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsCreate</pre>
 */
@Scenario(
        race = CREATE,
        proves = {G1, G7})
public final class CreateVsCreate {
    private CreateVsCreate() {}

    @JCStressTest
    @Outcome(id = "created, DUPLICATE_ID, ATTACHED", expect = ACCEPTABLE, desc = "create -> create too")
    @Outcome(id = "DUPLICATE_ID, created, on B", expect = ACCEPTABLE, desc = "create too -> create")
    @Outcome(expect = FORBIDDEN, desc = "G7: of creates with one id exactly one wins; G1: the other is not counted")
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
        public void createToo(LLL_Result r) {
            meeting.arrive();
            r.r2 = scene.tryCreate(1, scene.transportB);
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = scene.outcomeOfId(1);
        }
    }

    @Reproduces(mechanism = Mechanism.DUPLICATE_ID, source = "UNDERTOW-1869 and UNDERTOW-1972")
    @JCStressTest
    @Outcome(id = "true, false, agreed", expect = ACCEPTABLE, desc = "create -> create too")
    @Outcome(id = "false, true, agreed", expect = ACCEPTABLE, desc = "create too -> create")
    @Outcome(
            id = "true, true, one too many",
            expect = ACCEPTABLE_INTERESTING,
            desc = "both find the id free -> both put")
    @Outcome(expect = FORBIDDEN, desc = "G7: of creates with one id exactly one wins")
    @State
    public static class Control_Overwrite {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = new JanusSessions(Policy.DUPLICATE_OVERWRITES);

        @Actor
        public void create(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.create(1);
        }

        @Actor
        public void createToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.create(1);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.outcome("agreed");
        }
    }
}
