package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G7;
import static dev.rollcall.stress.Operation.CREATE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.IdsOfOneGenerator;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.controls.UnguardedIds;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two threads ask one generator of ids at once. A generator hands out a pool, position by position,
 * and wipes each id when it is given: two threads in it would be given the same id, or zero, or one
 * that is made of halves.
 *
 * <p>Guarantee G7. A manager would hide this: a create that is given an id that is taken asks for
 * another. So the generator is asked itself, the shared one of all samples. r1: how many of the ids
 * are no ids or were given twice.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsCreateByGenerator</pre>
 */
@Scenario(race = CREATE, proves = G7)
public final class CreateVsCreateByGenerator {
    private static final int IDS = 40;

    private CreateVsCreateByGenerator() {}

    private static void take(LongSupplier source, long[] ids) {
        for (int i = 0; i < IDS; i++) {
            ids[i] = source.getAsLong();
        }
    }

    private static int wrong(long[] some, long[] others) {
        long[] all = Arrays.copyOf(some, 2 * IDS);
        System.arraycopy(others, 0, all, IDS, IDS);
        Arrays.sort(all);
        int wrong = all[0] < 1 ? 1 : 0;
        for (int i = 1; i < all.length; i++) {
            wrong += all[i] == all[i - 1] ? 1 : 0;
        }
        return wrong;
    }

    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "each id -> the next, in any order of the threads")
    @Outcome(expect = FORBIDDEN, desc = "G7: an id is given to one create only")
    @State
    public static class Exact {
        private static final LongSupplier IDS_OF_ONE = IdsOfOneGenerator.make();

        final Meeting meeting = new Meeting();
        final long[] some = new long[IDS];
        final long[] others = new long[IDS];

        @Actor
        public void create() {
            meeting.arrive();
            take(IDS_OF_ONE, some);
        }

        @Actor
        public void createToo() {
            meeting.arrive();
            take(IDS_OF_ONE, others);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = wrong(some, others);
        }
    }

    @Reproduces(mechanism = Mechanism.DUPLICATE_ID, source = "a generator that asks whether it is in use, then enters")
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "each id -> the next, in any order of the threads")
    @Outcome(id = "[1-9].*", expect = ACCEPTABLE_INTERESTING, desc = "both see it free -> both are in it")
    @Outcome(expect = FORBIDDEN, desc = "G7: an id is given to one create only")
    @State
    public static class Control_AskedThenEntered {
        private static final LongSupplier IDS_OF_ONE = new UnguardedIds();

        final Meeting meeting = new Meeting();
        final long[] some = new long[IDS];
        final long[] others = new long[IDS];

        @Actor
        public void create() {
            meeting.arrive();
            take(IDS_OF_ONE, some);
        }

        @Actor
        public void createToo() {
            meeting.arrive();
            take(IDS_OF_ONE, others);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = wrong(some, others);
        }
    }
}
