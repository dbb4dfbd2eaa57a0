package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G9;
import static dev.rollcall.stress.Operation.CREATE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Laps;
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
import org.openjdk.jcstress.infra.results.JZ_Result;
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

    /**
     * Lap by lap: whoever gets the place counts the sessions and gives it back. r1: the most that were ever
     * counted, or -1 if the records disagree in the end. r2: somebody was refused.
     */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "create -> create too -> destroy, or the other way round")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "create -> destroy -> create too, in each lap")
    @Outcome(expect = FORBIDDEN, desc = "G9: the limit is never exceeded")
    @Rare("1, false")
    @State
    public static class ExactLaps {
        private static final int LAPS = 8;

        final Laps laps = new Laps();
        final Scene scene = new Scene(2, settings -> settings.maxSessions(1));
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);
        private long most;
        private long mostToo;
        private boolean refused;
        private boolean refusedToo;

        /** How many there are while this one is; 0 if it is refused. */
        private long counted(long which) {
            if (!scene.tryCreate(which, scene.transportA).equals("created")) {
                return 0;
            }
            long count = scene.manager.count();
            scene.manager.destroy(which);
            return count;
        }

        @Actor
        public void create() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                long count = counted(id);
                most = Math.max(most, count);
                refused |= count == 0;
            }
        }

        @Actor
        public void createToo() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                long count = counted(idToo);
                mostToo = Math.max(mostToo, count);
                refusedToo |= count == 0;
            }
        }

        @Arbiter
        public void arbiter(JZ_Result r) {
            r.r1 = scene.disagreement() == null ? Math.max(most, mostToo) : -1;
            r.r2 = refused || refusedToo;
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
