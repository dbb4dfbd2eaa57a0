package dev.rollcall.stress.index;

import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.LISTING;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.GrownInPlace;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Sessions are listed while so many are created that what holds them has to grow. Those that were
 * there before are listed, each once, whatever is copied meanwhile.
 *
 * <p>The listing's promise (G1 holds for counts(), not for it). r1: how many that were there were not
 * listed. r2: how many were listed more than once. r3: a listing was made amid the growth.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListingVsGrowth</pre>
 */
@Scenario(
        race = {CREATE, LISTING},
        proves = {})
public final class ListingVsGrowth {
    private ListingVsGrowth() {}

    /** Counts how often each id is listed. */
    private static final class Tally {
        private final int[] times;

        Tally(int ids) {
            times = new int[ids + 1];
        }

        void list(Scene scene) {
            scene.manager.forEach(this::met);
        }

        private void met(Session<Void> session) {
            times[(int) session.id()]++;
        }

        int listed() {
            return Arrays.stream(times).sum();
        }

        int missed(int there) {
            int missed = 0;
            for (int id = 1; id <= there; id++) {
                missed += times[id] == 0 ? 1 : 0;
            }
            return missed;
        }

        int repeated() {
            int repeated = 0;
            for (int met : times) {
                repeated += met > 1 ? 1 : 0;
            }
            return repeated;
        }
    }

    /** Ten sessions are there; sixty more outgrow arrays of 16, 32 and 64. */
    @JCStressTest
    @Outcome(id = "0, 0, true", expect = ACCEPTABLE, desc = "listing amid growth: those that were there, once")
    @Outcome(id = "0, 0, false", expect = ACCEPTABLE, desc = "listing -> growth, or growth -> listing: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @Rare("0, 0, false")
    @State
    public static class ExactSmall {
        private static final int PREFILLED = 10;
        private static final int ALL = 70;
        private static final int LISTINGS = 30;

        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public ExactSmall() {
            for (int id = 1; id <= PREFILLED; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void create() {
            meeting.arrive();
            for (int id = PREFILLED + 1; id <= ALL; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void listing(IIZ_Result r) {
            meeting.arrive();
            for (int listing = 0; listing < LISTINGS; listing++) {
                Tally tally = new Tally(ALL);
                tally.list(scene);
                r.r1 += tally.missed(PREFILLED);
                r.r2 += tally.repeated();
                r.r3 |= tally.listed() > PREFILLED && tally.listed() < ALL;
            }
        }
    }

    /** From none to 1,100: each listing must have those that had been created when it began. */
    @JCStressTest
    @Outcome(id = "0, 0, true", expect = ACCEPTABLE, desc = "listing amid growth: those that were there, once")
    @Outcome(id = "0, 0, false", expect = ACCEPTABLE, desc = "listing -> growth, or growth -> listing: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @Rare("0, 0, false")
    @State
    public static class ExactEverySize {
        private static final int CREATED = 1_100;
        private static final int LISTINGS = 200;

        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        /** The sessions 1 … created are there. */
        private volatile int created;

        @Actor
        public void create() {
            meeting.arrive();
            for (int id = 1; id <= CREATED; id++) {
                scene.create(id);
                created = id;
            }
        }

        @Actor
        public void listing(IIZ_Result r) {
            meeting.arrive();
            int listings = 0;
            for (int there = created; there < CREATED && listings < LISTINGS; there = created, listings++) {
                Tally tally = new Tally(CREATED);
                tally.list(scene);
                r.r1 += tally.missed(there);
                r.r2 += tally.repeated();
                r.r3 |= tally.listed() > 0 && tally.listed() < CREATED;
            }
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "an array that is replaced before it has been copied")
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "listing -> grow, or grow -> listing")
    @Outcome(
            id = {"[1-9]", "1[0-6]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "grow replaces the array -> listing -> grow copies")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @State
    public static class Control_ReplacedThenCopied {
        final Meeting meeting = new Meeting();
        final GrownInPlace sessions = new GrownInPlace();

        @Actor
        public void create() {
            meeting.arrive();
            sessions.grow();
        }

        @Actor
        public void listing(I_Result r) {
            meeting.arrive();
            r.r1 = 0;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 0; tries++) {
                r.r1 = GrownInPlace.PREFILLED - sessions.listed();
            }
        }
    }
}
