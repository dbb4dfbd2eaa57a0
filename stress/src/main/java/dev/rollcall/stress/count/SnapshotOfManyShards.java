package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.CLAIM;
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
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.StripedCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * One thread moves back and forth between a session in the first of 64 shards and one in the last,
 * while another reads the count again and again. A reading passes 62 shards on its way from one to
 * the other, which is time enough for a whole move. So a snapshot that is taken shard by shard, each
 * of them validated or locked by itself, shows a number that was never true. With two shards it
 * hardly ever would.
 *
 * <p>Guarantee G1 and the double collect of the shards' figures. All samples share one manager, for
 * 64 shards are too many to make for each; one thread at a time writes, and each sample leaves the
 * sessions as it found them. r1: the first wrong count, else the last one. Create first: there are
 * one or two sessions, never none. Destroy first: none or one, never two.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t SnapshotOfManyShards</pre>
 */
@Scenario(
        race = COUNT,
        against = {CREATE, CLAIM, DESTROY},
        proves = G1)
public final class SnapshotOfManyShards {
    private static final int SHARDS = 64;
    private static final int FIRST = 0;
    private static final int LAST = SHARDS - 1;

    /** Few enough for the interpreter, many enough that neither thread waits long for the other. */
    private static final int READINGS = 20;

    /** As long as the readings take: only while the sessions move can a reading fail and take the locks. */
    private static final int ROUNDS = 64;

    private SnapshotOfManyShards() {}

    private static boolean isOneOrTwo(long count) {
        return count == 1 || count == 2;
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactCreateFirst {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.EXACT);
        private static final long OLD = SCENE.idInShard(LAST, 0);
        private static final long ID = SCENE.idInShard(FIRST, 0);

        static {
            SCENE.create(OLD);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.create(ID);
                SCENE.manager.destroy(OLD);
                SCENE.create(OLD);
                SCENE.manager.destroy(ID);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && isOneOrTwo(r.r1); tries++) {
                r.r1 = SCENE.manager.count();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "destroy -> count -> create")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactDestroyFirst {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.EXACT);
        private static final long OLD = SCENE.idInShard(FIRST, 0);
        private static final long ID = SCENE.idInShard(LAST, 0);

        static {
            SCENE.create(OLD);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.destroy(OLD);
                SCENE.create(ID);
                SCENE.manager.destroy(ID);
                SCENE.create(OLD);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && (r.r1 == 0 || r.r1 == 1); tries++) {
                r.r1 = SCENE.manager.count();
            }
        }
    }

    /** All figures at once. r1: live, or -1 if the figures disagree. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "counts before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> counts -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactCounts {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.EXACT);
        private static final long OLD = SCENE.idInShard(LAST, 0);
        private static final long ID = SCENE.idInShard(FIRST, 0);

        static {
            SCENE.create(OLD);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.create(ID);
                SCENE.manager.destroy(OLD);
                SCENE.create(OLD);
                SCENE.manager.destroy(ID);
            }
        }

        @Actor
        public void counts(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && isOneOrTwo(r.r1); tries++) {
                SessionCounts counts = SCENE.manager.counts();
                boolean agree = counts.created() == counts.live() + counts.ended()
                        && counts.live() == counts.attached() + counts.detached();
                r.r1 = agree ? counts.live() : -1;
            }
        }
    }

    /** The count of one transport, to and from which two sessions are claimed. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "claim for A -> count -> claim for B")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class ExactOfTransport {
        final Meeting meeting = new Meeting();

        private static final Scene SCENE = new Scene(SHARDS, CounterStrategy.EXACT);
        private static final Session<Void> FROM_LAST = SCENE.create(SCENE.idInShard(LAST, 0));
        private static final Session<Void> FROM_FIRST = SCENE.create(SCENE.idInShard(FIRST, 0));

        static {
            FROM_FIRST.claim(SCENE.transportB);
        }

        @Actor
        public void claims(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                FROM_FIRST.claim(SCENE.transportA);
                FROM_LAST.claim(SCENE.transportB);
                FROM_LAST.claim(SCENE.transportA);
                FROM_FIRST.claim(SCENE.transportB);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && isOneOrTwo(r.r1); tries++) {
                r.r1 = SCENE.transportA.count();
            }
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "LongAdder.sum(), ConcurrentHashMap.size(); emqx #18442")
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "count before or after a move")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "create -> count -> destroy")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "first stripe -> create -> destroy -> last stripe")
    @Outcome(expect = FORBIDDEN, desc = "G1: one snapshot over all shards")
    @State
    public static class Control_StripedSum {
        final Meeting meeting = new Meeting();

        private static final StripedCount SESSIONS = new StripedCount();

        static {
            SESSIONS.create(1);
        }

        @Actor
        public void churn(J_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                SESSIONS.create(0);
                SESSIONS.end(1);
                SESSIONS.create(1);
                SESSIONS.end(0);
            }
        }

        @Actor
        public void count(J_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < READINGS && isOneOrTwo(r.r1); tries++) {
                r.r1 = SESSIONS.sum();
            }
        }
    }
}
