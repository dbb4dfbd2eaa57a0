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
 * which a batch stopped may be among them. A listing that goes on from there is in another list, and
 * misses the rest of its own.
 *
 * <p>The listing's promise. A listing begins with the newest session and takes 128 at a time. So of the
 * newest 128 the oldest leaves, which is the one that a batch stops at, and comes back as the newest.
 * Then the next is the oldest of the 128, and so on in a circle. All samples share a scene, whose
 * sessions go round for ever. r1: how many of those that stayed were not listed.
 * r2: some left meanwhile.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListingOfTransportVsLeaving</pre>
 */
@Scenario(
        race = LISTING,
        against = {CLAIM, CREATE, DESTROY},
        proves = {})
public final class ListingOfTransportVsLeaving {
    private static final int STAYING = 200;
    private static final int BATCH = 128;
    private static final int ROUNDS = 32;
    private static final int LISTINGS = 2;

    /** So many are elsewhere at any time, besides the newest that are here. */
    private static final int AWAY = 16;

    private ListingOfTransportVsLeaving() {}

    private static Scene filled() {
        Scene scene = new Scene();
        for (int id = 1; id <= STAYING + BATCH; id++) {
            scene.create(id);
        }
        return scene;
    }

    private static long following(long id, int away) {
        return id == STAYING + BATCH + away ? STAYING + 1 : id + 1;
    }

    private static int missed(Scene scene) {
        boolean[] listed = new boolean[STAYING + 1];
        for (Session<Void> session : scene.transportA.sessions()) {
            if (session.id() <= STAYING) {
                listed[(int) session.id()] = true;
            }
        }
        int missed = 0;
        for (int id = 1; id <= STAYING; id++) {
            missed += listed[id] ? 0 : 1;
        }
        return missed;
    }

    /** They are claimed for transport B, stay there for a while, and are claimed back. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "others leave while it is made: those that stay are listed")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "listing -> leaving, or leaving -> listing")
    @Outcome(expect = FORBIDDEN, desc = "a session that is attached throughout is listed")
    @Rare("0, false")
    @State
    public static class ExactClaim {
        private static final Scene SCENE = filled();
        private static long leaving = STAYING + 1;
        private static long coming = STAYING + BATCH + 1;

        static {
            for (long id = coming; id < coming + AWAY; id++) {
                SCENE.create(id).claim(SCENE.transportB);
            }
        }

        @Actor
        public void claim() {
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.claim(leaving, SCENE.transportB);
                SCENE.manager.claim(coming, SCENE.transportA);
                leaving = following(leaving, AWAY);
                coming = following(coming, AWAY);
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
        private static long next = STAYING + 1;

        @Actor
        public void destroy() {
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.destroy(next);
                SCENE.create(next);
                next = following(next, 0);
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
