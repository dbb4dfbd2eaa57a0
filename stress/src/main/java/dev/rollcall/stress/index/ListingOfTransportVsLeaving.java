package dev.rollcall.stress.index;

import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
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
import dev.rollcall.stress.controls.CursorWithoutList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A transport's sessions are more than one batch, and while they are listed some leave. The session at
 * which a batch stopped may be among them. A listing that goes on from wherever that session is now is in
 * another transport's set, and misses the rest of its own.
 *
 * <p>The listing's promise. A listing takes 128 sessions at a time, in order of their places. So those
 * that leave have the places at which the first batch stops, and those that stay have the places before
 * and after. A set that is full but for the one that is away gives it its former place when it is back.
 * Transport B is full too, and larger, so there it has a place behind all of A's. All samples share a
 * scene, whose sessions go to and fro for ever. r1: how many of those that stayed were not listed.
 * r2: some left meanwhile.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListingOfTransportVsLeaving</pre>
 */
@Scenario(
        race = LISTING,
        against = {CLAIM, CREATE, DESTROY},
        proves = {})
public final class ListingOfTransportVsLeaving {
    /** The first has a place of its own; the others fill a set of 256 places. */
    private static final int SESSIONS = 257;

    private static final int BATCH = 128;

    /** The sessions from here on leave, as many as {@link #LEAVING}. */
    private static final int FIRST_LEAVING = BATCH - 1;

    private static final int LEAVING = 3;
    private static final int ROUNDS = 32;
    private static final int LISTINGS = 2;

    private ListingOfTransportVsLeaving() {}

    private static Scene filled() {
        Scene scene = new Scene();
        for (int id = 1; id <= SESSIONS; id++) {
            scene.create(id);
        }
        return scene;
    }

    private static int leaving(int round) {
        return FIRST_LEAVING + round % LEAVING;
    }

    private static boolean isStaying(long id) {
        return id < FIRST_LEAVING || (id >= FIRST_LEAVING + LEAVING && id <= SESSIONS);
    }

    private static int missed(Scene scene) {
        int missed = SESSIONS - LEAVING;
        for (Session<Void> session : scene.transportA.sessions()) {
            missed -= isStaying(session.id()) ? 1 : 0;
        }
        return missed;
    }

    /** They are claimed for transport B and claimed back. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "others leave while it is made: those that stay are listed")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "listing -> leaving, or leaving -> listing")
    @Outcome(expect = FORBIDDEN, desc = "a session that is attached throughout is listed")
    @Rare("0, false")
    @State
    public static class ExactClaim {
        private static final Scene SCENE = filled();

        static {
            // One less than fills 512 places and the place of the first.
            for (long id = SESSIONS + 1; id <= SESSIONS + 2 * (SESSIONS - 1); id++) {
                SCENE.tryCreate(id, SCENE.transportB);
            }
        }

        @Actor
        public void claim() {
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.claim(leaving(round), SCENE.transportB);
                SCENE.manager.claim(leaving(round), SCENE.transportA);
            }
        }

        @Actor
        public void listing(IZ_Result r) {
            long before = SCENE.manager.counts().claims();
            for (int listing = 0; listing < LISTINGS; listing++) {
                r.r1 += missed(SCENE);
            }
            r.r2 = SCENE.manager.counts().claims() != before;
        }
    }

    /** They end, and are created anew. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "others leave while it is made: those that stay are listed")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "listing -> leaving, or leaving -> listing")
    @Outcome(expect = FORBIDDEN, desc = "a session that is attached throughout is listed")
    @Rare("0, false")
    @State
    public static class ExactDestroy {
        private static final Scene SCENE = filled();

        @Actor
        public void destroy() {
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.destroy(leaving(round));
                SCENE.create(leaving(round));
            }
        }

        @Actor
        public void listing(IZ_Result r) {
            long before = SCENE.manager.counts().ended();
            for (int listing = 0; listing < LISTINGS; listing++) {
                r.r1 += missed(SCENE);
            }
            r.r2 = SCENE.manager.counts().ended() != before;
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "a cursor that does not notice that its place has moved")
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "listing -> claim, or claim -> listing")
    @Outcome(
            id = "[1-9]",
            expect = ACCEPTABLE_INTERESTING,
            desc = "listing stops at a session -> claim moves it -> listing goes on in the other list")
    @Outcome(expect = FORBIDDEN, desc = "a session that is attached throughout is listed")
    @State
    public static class Control_CursorWithoutList {
        final Meeting meeting = new Meeting();
        final CursorWithoutList sessions = new CursorWithoutList();

        @Actor
        public void claim() {
            meeting.arrive();
            sessions.moveMiddle();
        }

        @Actor
        public void listing(I_Result r) {
            meeting.arrive();
            r.r1 = CursorWithoutList.STAYING - sessions.staying();
        }
    }
}
