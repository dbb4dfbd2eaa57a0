package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.ReleasedSlots;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two threads destroy a session each and then count. Whoever was second counts none: both must not
 * count the other's session. A lock that is let go with a release store alone, as a sequence lock may
 * be, lets the count after it overtake the end, unless the count itself is ordered.
 *
 * <p>Guarantee G1: the counts and the ends have one order. Of all sessions
 * and of one transport. Each actor counts once before as well: then both processors hold what the other
 * one is about to write, and the write stays in its buffer for as long as it takes to tell them. r1, r2: the counts, or what the variant's comment says.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyThenCount</pre>
 */
@Scenario(
        race = COUNT,
        against = {CREATE, DESTROY, TRANSPORT_GONE},
        proves = G1)
public final class DestroyThenCount {
    /** So many sessions stay, where the transport is to have some already; they are not counted. */
    private static final int OTHERS = 2;

    private DestroyThenCount() {}

    /** In two shards: under one lock, whoever comes second sees all that the first one did. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "destroy -> destroy too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> destroy too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "destroy too -> count -> destroy -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not counted")
    @State
    public static class ExactTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            session.destroy();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void destroyToo(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = scene.manager.count();
        }
    }

    /** By the atomic counter: what has returned has counted down. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "destroy -> destroy too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> destroy too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "destroy too -> count -> destroy -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not counted")
    @State
    public static class AtomicTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.ATOMIC);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            session.destroy();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void destroyToo(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = scene.manager.count();
        }
    }

    /** All figures at once. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "destroy -> destroy too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> destroy too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "destroy too -> count -> destroy -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not counted")
    @State
    public static class ExactCounts {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(JJ_Result r) {
            scene.manager.counts().live();
            meeting.arrive();
            session.destroy();
            r.r1 = scene.manager.counts().live();
        }

        @Actor
        public void destroyToo(JJ_Result r) {
            scene.manager.counts().live();
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = scene.manager.counts().live();
        }
    }

    /** The count of the transport that both were on. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "destroy -> destroy too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> destroy too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "destroy too -> count -> destroy -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not counted")
    @State
    public static class ExactOfTransport {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(JJ_Result r) {
            scene.transportA.count();
            meeting.arrive();
            session.destroy();
            r.r1 = scene.transportA.count();
        }

        @Actor
        public void destroyToo(JJ_Result r) {
            scene.transportA.count();
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = scene.transportA.count();
        }
    }

    /** One creates instead. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "create -> destroy -> count -> count")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "create -> count -> destroy -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> create -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: creates, ends and counts have one order")
    @State
    public static class ExactBesideCreateTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long created = scene.idInShard(0, 0);
        final Session<Void> destroyed = scene.create(scene.idInShard(1, 0));

        public ExactBesideCreateTwoShards() {
            scene.create(scene.idInShard(0, 2));
            scene.create(scene.idInShard(1, 2));
        }

        @Actor
        public void create(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            scene.create(created);
            r.r1 = scene.manager.count() - OTHERS;
        }

        @Actor
        public void destroy(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            destroyed.destroy();
            r.r2 = scene.manager.count() - OTHERS;
        }
    }

    /** A flag instead of a count. r1: the transport B is not gone yet. r2: the session is found still. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "destroy -> gone -> isGone -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "destroy -> isGone -> gone -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "gone -> find -> destroy -> isGone")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not found")
    @State
    public static class ExactBesideGone {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZZ_Result r) {
            scene.transportB.isGone();
            meeting.arrive();
            session.destroy();
            r.r1 = !scene.transportB.isGone();
        }

        @Actor
        public void gone(ZZ_Result r) {
            scene.finds(1);
            meeting.arrive();
            scene.transportB.gone();
            r.r2 = scene.finds(1);
        }
    }

    /** Both sessions end with their transports. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "gone -> gone too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "gone -> count -> gone too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "gone too -> count -> gone -> count")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose end has returned is not counted")
    @State
    public static class ExactGoneTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);

        public ExactGoneTwoShards() {
            scene.create(scene.idInShard(0, 0));
            scene.create(scene.idInShard(1, 0)).claim(scene.transportB);
        }

        @Actor
        public void gone(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            scene.transportA.gone();
            r.r1 = scene.manager.count();
        }

        @Actor
        public void goneToo(JJ_Result r) {
            scene.manager.count();
            meeting.arrive();
            scene.transportB.gone();
            r.r2 = scene.manager.count();
        }
    }

    @Reproduces(
            mechanism = Mechanism.WEAK_READ,
            source = "release stores where volatile ones are due; Striped64 updates its cells so")
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "destroy -> destroy too -> count -> count")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "destroy -> count -> destroy too -> count")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "destroy too -> count -> destroy -> count")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both counts overtake the ends before them")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not counted")
    @State
    public static class Control_ReleaseOnly {
        final Meeting meeting = new Meeting();
        final ReleasedSlots table = new ReleasedSlots();

        public Control_ReleaseOnly() {
            table.create(0);
            table.create(1);
        }

        @Actor
        public void destroy(JJ_Result r) {
            meeting.arrive();
            table.destroy(0);
            r.r1 = table.count();
        }

        @Actor
        public void destroyToo(JJ_Result r) {
            meeting.arrive();
            table.destroy(1);
            r.r2 = table.count();
        }
    }
}
