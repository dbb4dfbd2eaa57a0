package dev.rollcall.stress.index;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.LOOKUP;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Laps;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.ReleasedSlots;
import java.util.stream.IntStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two threads create a session each and then look for the other's, as in Dekker's algorithm. Whoever
 * was second finds the first: both must not miss. A shard's lock is released by a release store
 * without a fence, so it is the link that orders the lookup behind the create: a create that linked its
 * session by a release store could let both miss, on x86 too.
 *
 * <p>Guarantee G1, and the ordering table of the session table. r1, r2: the lookup found the
 * other thread's session.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateThenLookup</pre>
 */
@Scenario(
        race = {CREATE, LOOKUP},
        proves = G1)
public final class CreateThenLookup {
    private CreateThenLookup() {}

    /** Under one lock. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> create too -> find -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "create -> find -> create too -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "create too -> find -> create -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: a create that has returned is found")
    @Rare("true, true")
    @State
    public static class ExactOneShard {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(0, 1);

        @Actor
        public void create(ZZ_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.finds(idToo);
        }

        @Actor
        public void createToo(ZZ_Result r) {
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.finds(id);
        }
    }

    /** Under two locks, which order nothing between each other. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> create too -> find -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "create -> find -> create too -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "create too -> find -> create -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: a create that has returned is found")
    @State
    public static class ExactTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        @Actor
        public void create(ZZ_Result r) {
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.finds(idToo);
        }

        @Actor
        public void createToo(ZZ_Result r) {
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.finds(id);
        }
    }

    /** The same on a transport with sessions in both shards: nothing is written for the first time. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> create too -> find -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "create -> find -> create too -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "create too -> find -> create -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: a create that has returned is found")
    @State
    public static class ExactAmongOthers {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long id = scene.idInShard(0, 0);
        final long idToo = scene.idInShard(1, 0);

        public ExactAmongOthers() {
            for (int shard = 0; shard < 2; shard++) {
                scene.create(scene.idInShard(shard, 1));
                scene.create(scene.idInShard(shard, 2));
            }
        }

        @Actor
        public void create(ZZ_Result r) {
            scene.finds(idToo);
            meeting.arrive();
            scene.create(id);
            r.r1 = scene.finds(idToo);
        }

        @Actor
        public void createToo(ZZ_Result r) {
            scene.finds(id);
            meeting.arrive();
            scene.create(idToo);
            r.r2 = scene.finds(id);
        }
    }

    /**
     * Lap by lap, and both shards have sessions of the transport from the beginning: so there is nothing but
     * the link that could keep a lookup behind the create before it. r1: in so many laps both missed. r2: in
     * some lap one did.
     */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "create -> find -> create too -> find, in some lap")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "create -> create too -> find -> find, in each lap")
    @Outcome(expect = FORBIDDEN, desc = "G1: a create that has returned is found")
    @Rare("0, false")
    @State
    public static class ExactLaps {
        private static final int LAPS = 16;
        private static final long[] IDS = ids(0);
        private static final long[] IDS_TOO = ids(1);

        final Laps laps = new Laps();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final boolean[] found = new boolean[LAPS];
        final boolean[] foundToo = new boolean[LAPS];

        public ExactLaps() {
            for (int i = LAPS; i < IDS.length; i++) {
                scene.create(IDS[i]);
                scene.create(IDS_TOO[i]);
            }
        }

        /** One for each lap, and two that are there before. */
        private static long[] ids(int shard) {
            Scene any = new Scene(2, CounterStrategy.EXACT);
            return IntStream.range(0, LAPS + 2)
                    .mapToLong(ordinal -> any.idInShard(shard, ordinal))
                    .toArray();
        }

        @Actor
        public void create() {
            for (int i = 0; i < LAPS; i++) {
                laps.beginFirst(i + 1);
                scene.create(IDS[i]);
                found[i] = scene.finds(IDS_TOO[i]);
            }
        }

        @Actor
        public void createToo() {
            for (int i = 0; i < LAPS; i++) {
                laps.beginSecond(i + 1);
                scene.create(IDS_TOO[i]);
                foundToo[i] = scene.finds(IDS[i]);
            }
        }

        @Arbiter
        public void arbiter(IZ_Result r) {
            for (int i = 0; i < LAPS; i++) {
                r.r1 += found[i] || foundToo[i] ? 0 : 1;
                r.r2 |= found[i] != foundToo[i];
            }
        }
    }

    @Reproduces(
            mechanism = Mechanism.WEAK_READ,
            source = "release stores where volatile ones are due; Striped64 updates its cells so")
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> create too -> find -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "create -> find -> create too -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "create too -> find -> create -> find")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "both finds overtake the creates before them")
    @Outcome(expect = FORBIDDEN, desc = "G1: a create that has returned is found")
    @State
    public static class Control_ReleaseOnly {
        final Meeting meeting = new Meeting();
        final ReleasedSlots table = new ReleasedSlots();

        @Actor
        public void create(ZZ_Result r) {
            meeting.arrive();
            table.create(0);
            r.r1 = table.find(1);
        }

        @Actor
        public void createToo(ZZ_Result r) {
            meeting.arrive();
            table.create(1);
            r.r2 = table.find(0);
        }
    }
}
