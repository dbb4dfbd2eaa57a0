package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G9;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.SET_LIMIT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Laps;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JZ_Result;
import org.openjdk.jcstress.infra.results.LJL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The limit is reached, a session ends and another one is created. The permit of the first goes
 * to the second or to the next, and to one of them only.
 *
 * <p>Guarantee G9, invariant S6 of the shard. r1: what the create was told. r2: what a create
 * after both is told. r3: what a create after that is told.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsDestroyAtLimit</pre>
 */
@Scenario(
        race = {CREATE, DESTROY, SET_LIMIT},
        proves = G9)
public final class CreateVsDestroyAtLimit {
    private CreateVsDestroyAtLimit() {}

    @JCStressTest
    @Outcome(id = "created, LIMIT_REACHED, LIMIT_REACHED", expect = ACCEPTABLE, desc = "destroy -> create")
    @Outcome(id = "LIMIT_REACHED, created, LIMIT_REACHED", expect = ACCEPTABLE, desc = "create -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G9: every permit is given back, once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(settings -> settings.maxSessions(1));
        final Session<Void> session = scene.create(1);

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(2, scene.transportA);
        }

        @Actor
        public void destroy(LLL_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = scene.tryCreate(3, scene.transportA);
            r.r3 = scene.tryCreate(4, scene.transportA);
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

    /**
     * The limit is lowered while a session is created. Whoever lowers it is told how many may still be live, and gives
     * the places away to another manager; so a create that has read the former limit must be done by then. r1: what
     * the create was told. r2: what the limit could be lowered to. r3: how many there are in the end.
     */
    @JCStressTest
    @Outcome(id = "created, 1, 1", expect = ACCEPTABLE, desc = "create -> set limit")
    @Outcome(id = "LIMIT_REACHED, 0, 0", expect = ACCEPTABLE, desc = "set limit -> create")
    @Outcome(expect = FORBIDDEN, desc = "G9: no more are live than the caller was told")
    @State
    public static class ExactLowered {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, settings -> settings.maxSessions(1));
        final long id = scene.idInShard(1, 0);

        @Actor
        public void create(LJL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(id, scene.transportA);
        }

        @Actor
        public void setLimit(LJL_Result r) {
            meeting.arrive();
            r.r2 = scene.manager.setMaxSessions(0);
        }

        @Arbiter
        public void arbiter(LJL_Result r) {
            String disagreement = scene.disagreement();
            r.r3 = disagreement == null ? scene.manager.count() : disagreement;
        }
    }

    /**
     * Lap by lap: sessions come and go, the limit is lowered and raised again, and in between the sessions are
     * counted. r1: how many more there were than was told, at most, or -1 if the records disagree in the end. r2:
     * a session was in the way of lowering the limit.
     */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "create -> set limit -> destroy, in some lap")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "set limit -> create, or destroy -> set limit, in each lap")
    @Outcome(expect = FORBIDDEN, desc = "G9: no more are live than the caller was told")
    @Rare("0, false")
    @State
    public static class ExactLoweredLaps {
        private static final int LAPS = 16;

        final Laps laps = new Laps();
        final Scene scene = new Scene(2, settings -> settings.maxSessions(1));
        final long id = scene.idInShard(1, 0);
        private long excess;
        private boolean inTheWay;

        @Actor
        public void create() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                if (scene.tryCreate(id, scene.transportA).equals("created")) {
                    scene.manager.destroy(id);
                }
            }
        }

        @Actor
        public void setLimit() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                long told = scene.manager.setMaxSessions(0);
                excess = Math.max(excess, scene.manager.count() - told);
                inTheWay |= told > 0;
                scene.manager.setMaxSessions(1);
            }
        }

        @Arbiter
        public void arbiter(JZ_Result r) {
            r.r1 = scene.disagreement() == null ? excess : -1;
            r.r2 = inTheWay;
        }
    }
}
