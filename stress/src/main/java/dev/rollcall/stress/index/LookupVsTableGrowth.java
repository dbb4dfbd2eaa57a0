package dev.rollcall.stress.index;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.LOOKUP;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.RehashedTable;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A shard's table grows bucket by bucket while a lookup without a lock walks a chain. The
 * session it looks for is there all the while and must be found.
 *
 * <p>Guarantee G1: a lookup never misses a live session; invariants T1 to T4 of the table, and
 * the order of the writes of the bucket count and of the cut chain. The table has twelve
 * sessions in twenty-four buckets, so each of the next creates splits two of them. r1: how many of
 * the sessions that were there the lookups missed. r2: they were made amid the changes.
 *
 * <p>What a table splits its buckets into has to grow, too: arrays that are replaced by larger ones,
 * and the list of these arrays. Whoever publishes a new array before it has copied the old one into it
 * hides most sessions for that long. One variant creates just those sessions that outgrow the smallest
 * arrays. One goes from none to more than a thousand, and looks all the while for those that it knows
 * to be there, wherever a table may have its steps.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t LookupVsTableGrowth</pre>
 */
@Scenario(
        race = LOOKUP,
        against = {CREATE, DESTROY},
        proves = G1)
public final class LookupVsTableGrowth {
    private LookupVsTableGrowth() {}

    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "find -> split, or split -> find, of every chain")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "all finds before the first change, or after the last")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is live throughout is found")
    @Rare("0, false")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        private static final int PREFILLED = 12;
        private static final int CREATED = 6;

        final Scene scene = new Scene();

        public Exact() {
            for (int id = 1; id <= PREFILLED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void create() {
            meeting.arrive();
            for (int id = PREFILLED + 1; id <= PREFILLED + CREATED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void lookup(IZ_Result r) {
            meeting.arrive();
            boolean before = scene.finds(PREFILLED + CREATED);
            for (int id = 1; id <= PREFILLED; id++) {
                if (!scene.finds(id)) {
                    r.r1++;
                }
            }
            r.r2 = !before && scene.finds(PREFILLED + 1);
        }
    }

    /** Neighbours in the chains are unlinked instead. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "find -> unlink, or unlink -> find, of every neighbour")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "all finds before the first change, or after the last")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is live throughout is found")
    @Rare("0, false")
    @State
    public static class ExactBesideDestroy {
        final Meeting meeting = new Meeting();
        private static final int PREFILLED = 12;

        final Scene scene = new Scene();

        public ExactBesideDestroy() {
            for (int id = 1; id <= 2 * PREFILLED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void destroy() {
            meeting.arrive();
            for (int id = PREFILLED + 1; id <= 2 * PREFILLED; id++) {
                scene.manager.destroy(id);
            }
        }

        @Actor
        public void lookup(IZ_Result r) {
            meeting.arrive();
            boolean before = scene.finds(2 * PREFILLED);
            for (int id = 1; id <= PREFILLED; id++) {
                if (!scene.finds(id)) {
                    r.r1++;
                }
            }
            r.r2 = before && !scene.finds(PREFILLED + 1);
        }
    }

    /** Twenty sessions are there; the next ten outgrow the first array of 32 buckets, and many others. */
    @JCStressTest
    @Outcome(
            id = "0, true",
            expect = ACCEPTABLE,
            desc = "find -> larger array, or larger array -> find, of every session")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "all finds before the first change, or after the last")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is live throughout is found")
    @Rare("0, false")
    @State
    public static class ExactLargerArray {
        private static final int PREFILLED = 20;
        private static final int CREATED = 10;

        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public ExactLargerArray() {
            for (int id = 1; id <= PREFILLED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void create() {
            meeting.arrive();
            for (int id = PREFILLED + 1; id <= PREFILLED + CREATED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void lookup(IZ_Result r) {
            meeting.arrive();
            boolean before = scene.finds(PREFILLED + CREATED);
            for (int round = 0; round < 2; round++) {
                for (int id = 1; id <= PREFILLED; id++) {
                    if (!scene.finds(id)) {
                        r.r1++;
                    }
                }
            }
            r.r2 = !before && scene.finds(PREFILLED + 1);
        }
    }

    /**
     * From none to 1,100, at every size on the way. Tables grow by doubling, so before each power of two the
     * creates wait a moment for the lookups, in vain if they are not running.
     */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "find -> create, or create -> find, of every session")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "all finds before the first create, or after the last")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is live throughout is found")
    @Rare("0, false")
    @State
    public static class ExactEverySize {
        private static final int CREATED = 1_100;

        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        /** The sessions 1 … created are there. */
        private volatile int created;

        private final AtomicInteger lookups = new AtomicInteger();

        @Actor
        public void create() {
            meeting.arrive();
            for (int id = 1; id <= CREATED; id++) {
                if (Integer.bitCount(id) == 1) {
                    awaitLookup();
                }
                scene.create(id);
                created = id;
            }
        }

        private void awaitLookup() {
            int before = lookups.get();
            for (int tries = 0; tries < Scene.TRIES && lookups.get() == before; tries++) {
                Thread.onSpinWait();
            }
        }

        /** Ends also if the other actor has no processor: it never waits. */
        @Actor
        public void lookup(IZ_Result r) {
            meeting.arrive();
            int tries = 0;
            for (int there = created; there < CREATED && tries < 100 * CREATED; there = created, tries++) {
                lookups.lazySet(tries);
                r.r2 |= there > 0;
                if (there > 0 && !scene.finds(1 + tries % there)) {
                    r.r1++;
                }
            }
        }
    }

    @Reproduces(
            mechanism = Mechanism.CHECK_THEN_ACT,
            source = "readers of java.util.HashMap without its lock, during resize")
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "find -> grow, or grow -> find")
    @Outcome(
            id = {"[1-9]", "1[0-2]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "grow moves nodes one by one -> find walks what is left")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is live throughout is found")
    @State
    public static class Control_Rehash {
        final Meeting meeting = new Meeting();
        private static final int PREFILLED = 12;

        final RehashedTable table = new RehashedTable();

        public Control_Rehash() {
            for (int id = 1; id <= PREFILLED; id++) {
                table.put(id);
            }
        }

        @Actor
        public void create() {
            meeting.arrive();
            table.grow();
            table.grow();
        }

        @Actor
        public void lookup(I_Result r) {
            meeting.arrive();
            for (int id = 1; id <= PREFILLED; id++) {
                if (!table.find(id)) {
                    r.r1++;
                }
            }
        }
    }
}
