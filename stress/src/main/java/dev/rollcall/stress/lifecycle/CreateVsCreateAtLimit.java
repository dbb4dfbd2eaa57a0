package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G9;
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
 * One place is left and two clients want it. Counting first and inserting then admits both.
 *
 * <p>Guarantee G9, invariant S6 of the shard. r1, r2: what the creates were told, for different
 * ids in different shards. r3: how many sessions there are.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsCreateAtLimit</pre>
 */
@Scenario(race = CREATE, proves = G9)
public final class CreateVsCreateAtLimit {
    private CreateVsCreateAtLimit() {}

    @JCStressTest
    @Outcome(id = "created, LIMIT_REACHED, 1", expect = ACCEPTABLE, desc = "create -> create too")
    @Outcome(id = "LIMIT_REACHED, created, 1", expect = ACCEPTABLE, desc = "create too -> create")
    @Outcome(expect = FORBIDDEN, desc = "G9: the limit is never exceeded, and not reached early")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, settings -> settings.maxSessions(1));
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(id, scene.transportA);
        }

        @Actor
        public void createToo(LLL_Result r) {
            meeting.arrive();
            r.r2 = scene.tryCreate(idToo, scene.transportA);
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            String disagreement = scene.disagreement();
            r.r3 = disagreement == null ? scene.manager.count() : disagreement;
        }
    }

    @Reproduces(
            mechanism = Mechanism.CHECK_THEN_ACT,
            source = "claude-threads PR #331; PrepPilot #372 and #1451; Undertow's InMemorySessionManager")
    @JCStressTest
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "create -> create too")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "create too -> create")
    @Outcome(id = "true, true, 2", expect = ACCEPTABLE_INTERESTING, desc = "both find room -> both put")
    @Outcome(expect = FORBIDDEN, desc = "G9: the limit is never exceeded")
    @State
    public static class Control_SizeThenPut {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = new JanusSessions(Policy.LIMIT_CHECKED_BEFORE_PUT, 1);

        @Actor
        public void create(ZZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.create(1);
        }

        @Actor
        public void createToo(ZZL_Result r) {
            meeting.arrive();
            r.r2 = sessions.create(2);
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = sessions.tableSize();
        }
    }
}
