package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DRAIN;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.ClosingGroup;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A session is created while the manager begins to drain. Once drain() has returned, no create
 * succeeds any longer: one that was under way is refused, or its session is live by then.
 *
 * <p>Guarantees G10 and G1. r1: what the create was told. r2: the count after the drain, or whether
 * the drain said that no session is live, for good.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsDrain</pre>
 */
@Scenario(
        race = {CREATE, DRAIN},
        proves = {G1, G10})
public final class CreateVsDrain {
    private CreateVsDrain() {}

    @JCStressTest
    @Outcome(id = "created, 1", expect = ACCEPTABLE, desc = "create -> drain -> count")
    @Outcome(id = "DRAINING, 0", expect = ACCEPTABLE, desc = "drain -> create, count in any order")
    @Outcome(expect = FORBIDDEN, desc = "G10: nothing is created after the drain; G1: what was created is counted")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        @Actor
        public void create(LJ_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(1, scene.transportA);
        }

        @Actor
        public void drain(LJ_Result r) {
            meeting.arrive();
            scene.manager.drain();
            r.r2 = scene.manager.count();
        }
    }

    /**
     * Creates one after the other, until one is refused. A count waits for a create that is in its critical
     * section; a lookup does not, and so is the one to see whether the drain did. r1: once the drain has
     * returned, the session is found whose create was the latest to begin. r2: in the end it is there.
     */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> drain -> find")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "drain -> create, find in any order")
    @Outcome(expect = FORBIDDEN, desc = "G10: what is created at all can be found once the drain has returned")
    @State
    public static class ExactLookup {
        private static final int CREATED = 40;

        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        private volatile long creating = 1;
        private long latest;

        @Actor
        public void create(ZZ_Result r) {
            meeting.arrive();
            Object told = "created";
            for (long id = 1; id <= CREATED && told.equals("created"); id++) {
                creating = id;
                told = scene.tryCreate(id, scene.transportA);
            }
        }

        @Actor
        public void drain(ZZ_Result r) {
            meeting.arrive();
            scene.manager.drain();
            latest = creating;
            r.r1 = scene.finds(latest);
        }

        @Arbiter
        public void arbiter(ZZ_Result r) {
            r.r2 = scene.finds(latest);
        }
    }

    /** The drain that waits, though not for long. */
    @JCStressTest
    @Outcome(id = "created, false", expect = ACCEPTABLE, desc = "create -> drain -> its deadline")
    @Outcome(id = "DRAINING, true", expect = ACCEPTABLE, desc = "drain -> create")
    @Outcome(expect = FORBIDDEN, desc = "G10: when the drain says that no session is live, none will be")
    @State
    public static class ExactThatWaits {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        @Actor
        public void create(LZ_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(1, scene.transportA);
        }

        @Actor
        public void drain(LZ_Result r) {
            meeting.arrive();
            r.r2 = scene.drain(Duration.ZERO);
        }
    }

    @Reproduces(mechanism = Mechanism.ORPHAN, source = "netty #4020")
    @JCStressTest
    @Outcome(id = "created, 1", expect = ACCEPTABLE, desc = "create -> drain -> count")
    @Outcome(id = "DRAINING, 0", expect = ACCEPTABLE, desc = "drain -> create, count in any order")
    @Outcome(
            id = "created, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create asks whether it may -> drain -> count -> create puts")
    @Outcome(expect = FORBIDDEN, desc = "G10: nothing is created after the drain; G1: what was created is counted")
    @State
    public static class Control_AskedBefore {
        final Meeting meeting = new Meeting();
        final ClosingGroup sessions = new ClosingGroup();

        @Actor
        public void create(LJ_Result r) {
            meeting.arrive();
            r.r1 = sessions.create(1) ? "created" : "DRAINING";
        }

        @Actor
        public void drain(LJ_Result r) {
            meeting.arrive();
            sessions.drain();
            r.r2 = sessions.live();
        }
    }
}
