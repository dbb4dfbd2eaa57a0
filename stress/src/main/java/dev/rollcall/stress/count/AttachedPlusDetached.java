package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.SessionCounts;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.TwoTables;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The only session loses its transport: it was attached, now it is detached, and at no instant
 * is it both or neither.
 *
 * <p>Guarantee G1; counts() is exact under every strategy. r1: attached. r2: detached.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t AttachedPlusDetached</pre>
 */
@Scenario(
        race = COUNT,
        against = {CLAIM, TRANSPORT_GONE},
        proves = G1)
public final class AttachedPlusDetached {
    private AttachedPlusDetached() {}

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "counts -> gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone -> counts")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene =
                new Scene(settings -> settings.counter(CounterStrategy.EXACT).reclaimTimeout(Scene.HOUR));

        public Exact() {
            scene.create(1);
        }

        @Actor
        public void gone(JJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1 && r.r2 == 0; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.attached();
                r.r2 = counts.detached();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "counts -> gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone -> counts")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene =
                new Scene(settings -> settings.counter(CounterStrategy.ATOMIC).reclaimTimeout(Scene.HOUR));

        public Atomic() {
            scene.create(1);
        }

        @Actor
        public void gone(JJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1 && r.r2 == 0; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.attached();
                r.r2 = counts.detached();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "counts -> gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone -> counts")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class Adder {
        final Meeting meeting = new Meeting();
        final Scene scene =
                new Scene(settings -> settings.counter(CounterStrategy.ADDER).reclaimTimeout(Scene.HOUR));

        public Adder() {
            scene.create(1);
        }

        @Actor
        public void gone(JJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1 && r.r2 == 0; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.attached();
                r.r2 = counts.detached();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "counts -> gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone -> counts")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class Table {
        final Meeting meeting = new Meeting();
        final Scene scene =
                new Scene(settings -> settings.counter(CounterStrategy.TABLE).reclaimTimeout(Scene.HOUR));

        public Table() {
            scene.create(1);
        }

        @Actor
        public void gone(JJ_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1 && r.r2 == 0; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.attached();
                r.r2 = counts.detached();
            }
        }
    }

    /** The way back: a detached session is claimed. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "counts -> claim")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "claim -> counts")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class ExactClaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);

        public ExactClaim() {
            scene.create(1);
            scene.transportA.gone();
        }

        @Actor
        public void claim(JJ_Result r) {
            meeting.arrive();
            scene.manager.claim(1, scene.transportB);
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r2 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0 && r.r2 == 1; tries++) {
                SessionCounts counts = scene.manager.counts();
                r.r1 = counts.attached();
                r.r2 = counts.detached();
            }
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "emqx #18442")
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "counts -> gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone -> counts")
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one read before the change, one after or in between")
    @Outcome(expect = FORBIDDEN, desc = "G1: attached + detached = live, at one instant")
    @State
    public static class Control_TwoTables {
        final Meeting meeting = new Meeting();
        final TwoTables sessions = new TwoTables();

        public Control_TwoTables() {
            sessions.create(1);
        }

        @Actor
        public void gone(JJ_Result r) {
            meeting.arrive();
            sessions.detach(1);
        }

        @Actor
        public void counts(JJ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1 && r.r2 == 0; tries++) {
                r.r1 = sessions.attached();
                r.r2 = sessions.detached();
            }
        }
    }
}
