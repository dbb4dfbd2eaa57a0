package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.TwoCounters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JZ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Every session that was ever created is live or has ended. Figures that are read one by one
 * break the law: more sessions end than were created.
 *
 * <p>Guarantee G1, invariant S2 of the shard; counts() is exact under every strategy. r1:
 * created − live − ended, over two shards. r2: the end was counted soon.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ConservationLaw</pre>
 */
@Scenario(
        race = COUNT,
        against = {CREATE, DESTROY},
        proves = G1)
public final class ConservationLaw {
    private static final int READINGS = 8;

    private ConservationLaw() {}

    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "churn -> counts: created = live + ended")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "counts -> end of churn: created = live + ended")
    @Outcome(expect = FORBIDDEN, desc = "G1: created = live + ended, at one instant")
    @Rare("0, false")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> old = scene.create(scene.idInShard(0, 0));
        final long id = scene.idInShard(1, 0);

        @Actor
        public void churn(JZ_Result r) {
            meeting.arrive();
            scene.create(id);
            old.destroy();
        }

        @Actor
        public void counts(JZ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0 && !r.r2; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.created() - counts.live() - counts.ended();
                r.r2 = counts.ended() == 1;
            }
        }
    }

    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "churn -> counts: created = live + ended")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "counts -> end of churn: created = live + ended")
    @Outcome(expect = FORBIDDEN, desc = "G1: created = live + ended, at one instant")
    @Rare("0, false")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final Session<Void> old = scene.create(scene.idInShard(0, 0));
        final long id = scene.idInShard(1, 0);

        @Actor
        public void churn(JZ_Result r) {
            meeting.arrive();
            scene.create(id);
            old.destroy();
        }

        @Actor
        public void counts(JZ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0 && !r.r2; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.created() - counts.live() - counts.ended();
                r.r2 = counts.ended() == 1;
            }
        }
    }

    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "churn -> counts: created = live + ended")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "counts -> end of churn: created = live + ended")
    @Outcome(expect = FORBIDDEN, desc = "G1: created = live + ended, at one instant")
    @Rare("0, false")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ADDER);
        final Session<Void> old = scene.create(scene.idInShard(0, 0));
        final long id = scene.idInShard(1, 0);

        @Actor
        public void churn(JZ_Result r) {
            meeting.arrive();
            scene.create(id);
            old.destroy();
        }

        @Actor
        public void counts(JZ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0 && !r.r2; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.created() - counts.live() - counts.ended();
                r.r2 = counts.ended() == 1;
            }
        }
    }

    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "churn -> counts: created = live + ended")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "counts -> end of churn: created = live + ended")
    @Outcome(expect = FORBIDDEN, desc = "G1: created = live + ended, at one instant")
    @Rare("0, false")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.TABLE);
        final Session<Void> old = scene.create(scene.idInShard(0, 0));
        final long id = scene.idInShard(1, 0);

        @Actor
        public void churn(JZ_Result r) {
            meeting.arrive();
            scene.create(id);
            old.destroy();
        }

        @Actor
        public void counts(JZ_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0 && !r.r2; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.created() - counts.live() - counts.ended();
                r.r2 = counts.ended() == 1;
            }
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "Tomcat PR #713")
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "figures of one instant")
    @Outcome(
            id = {"-1", "1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "figures of two instants")
    @Outcome(expect = FORBIDDEN, desc = "G1: created = live + ended, at one instant")
    @State
    public static class Control_TwoCounters {
        final Meeting meeting = new Meeting();
        final TwoCounters sessions = new TwoCounters();

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            sessions.create();
        }

        @Actor
        public void counts(J_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < READINGS && r.r1 == 0; tries++) {
                r.r1 = sessions.created() - sessions.live() - sessions.ended();
            }
        }
    }
}
