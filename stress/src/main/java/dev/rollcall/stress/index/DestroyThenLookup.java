package dev.rollcall.stress.index;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.LOOKUP;
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
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two threads destroy a session each and then look for the other's, as in Dekker's algorithm. Whoever
 * was second misses the first: both must not find. An end that is published with a release store
 * alone, be it of the session or of its lock, lets the lookup after it overtake it, on x86 too.
 *
 * <p>Guarantee G1: the lookups and the ends have one order. In two shards, whose locks order
 * nothing between each other. Each actor looks once before as well: then both processors hold what the
 * other one is about to write, and the write stays in its buffer for as long as it takes to tell them.
 * r1, r2: the lookup found the other thread's session, or, where the other
 * thread's operation is another one, what its comment says.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DestroyThenLookup</pre>
 */
@Scenario(
        race = LOOKUP,
        against = {CREATE, DESTROY},
        proves = G1)
public final class DestroyThenLookup {
    private DestroyThenLookup() {}

    /** In two shards: under one lock, whoever comes second sees all that the first one did. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "destroy -> destroy too -> find -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "destroy -> find -> destroy too -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "destroy too -> find -> destroy -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not found")
    @State
    public static class ExactTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(ZZ_Result r) {
            scene.finds(sessionToo.id());
            meeting.arrive();
            session.destroy();
            r.r1 = scene.finds(sessionToo.id());
        }

        @Actor
        public void destroyToo(ZZ_Result r) {
            scene.finds(session.id());
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = scene.finds(session.id());
        }
    }

    /** One creates instead. r1: it found what the other destroys. r2: the other found what it created. */
    @JCStressTest
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "create -> destroy -> find -> find")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "create -> find -> destroy -> find")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "destroy -> find -> create -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: creates, ends and lookups have one order")
    @State
    public static class ExactBesideCreateTwoShards {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final long created = scene.idInShard(0, 0);
        final Session<Void> destroyed = scene.create(scene.idInShard(1, 0));

        public ExactBesideCreateTwoShards() {
            for (int shard = 0; shard < 2; shard++) {
                scene.create(scene.idInShard(shard, 2));
                scene.create(scene.idInShard(shard, 3));
            }
        }

        @Actor
        public void create(ZZ_Result r) {
            scene.finds(destroyed.id());
            meeting.arrive();
            scene.create(created);
            r.r1 = scene.finds(destroyed.id());
        }

        @Actor
        public void destroy(ZZ_Result r) {
            scene.finds(created);
            meeting.arrive();
            destroyed.destroy();
            r.r2 = scene.finds(created);
        }
    }

    /** By the handle, whose state is all that it asks. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "destroy -> destroy too -> isLive -> isLive")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "destroy -> isLive -> destroy too -> isLive")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "destroy too -> isLive -> destroy -> isLive")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not live")
    @State
    public static class ExactHandle {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, CounterStrategy.EXACT);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy(ZZ_Result r) {
            sessionToo.isLive();
            meeting.arrive();
            session.destroy();
            r.r1 = sessionToo.isLive();
        }

        @Actor
        public void destroyToo(ZZ_Result r) {
            session.isLive();
            meeting.arrive();
            sessionToo.destroy();
            r.r2 = session.isLive();
        }
    }

    @Reproduces(
            mechanism = Mechanism.WEAK_READ,
            source = "release stores where volatile ones are due; Striped64 updates its cells so")
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "destroy -> destroy too -> find -> find")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "destroy -> find -> destroy too -> find")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "destroy too -> find -> destroy -> find")
    @Outcome(id = "true, true", expect = ACCEPTABLE_INTERESTING, desc = "both finds overtake the ends before them")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session whose destroy has returned is not found")
    @State
    public static class Control_ReleaseOnly {
        final Meeting meeting = new Meeting();
        final ReleasedSlots table = new ReleasedSlots();

        public Control_ReleaseOnly() {
            table.create(0);
            table.create(1);
        }

        @Actor
        public void destroy(ZZ_Result r) {
            meeting.arrive();
            table.destroy(0);
            r.r1 = table.find(1);
        }

        @Actor
        public void destroyToo(ZZ_Result r) {
            meeting.arrive();
            table.destroy(1);
            r.r2 = table.find(0);
        }
    }
}
