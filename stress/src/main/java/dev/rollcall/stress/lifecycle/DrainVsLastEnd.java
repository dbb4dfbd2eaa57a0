package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G10;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.DRAIN;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.DeafDrain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A drain waits for the last session, which ends as the drain looks. Either the drain sees that none
 * is left, or the end sees that somebody waits and wakes it. If each just misses the other, the drain
 * waits until its deadline for what has long happened.
 *
 * <p>Guarantee G10 as far as drain() belongs to it. A drain may say that the deadline came first, but
 * only if it did: the end returned after the deadline. Both times are read outside of both calls, so
 * that holds on a machine that stops for a while, too. r1: the drain says that no session is live.
 * r2: when the end had returned, and what disagrees at rest.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t DrainVsLastEnd</pre>
 */
@Scenario(
        race = DRAIN,
        against = {DESTROY, TIMEOUT, TRANSPORT_GONE, SHUTDOWN},
        proves = G10)
public final class DrainVsLastEnd {
    /** What one lost wake-up costs the run. */
    private static final Duration DEADLINE = Duration.ofMillis(40);

    private DrainVsLastEnd() {}

    /** The times of one sample. Each actor writes its own; the arbiter comes after both. */
    static final class Times {
        private long drainCalled;
        private long endReturned;

        Object order(String disagreement) {
            if (disagreement != null) {
                return disagreement;
            }
            return endReturned - drainCalled < DEADLINE.toNanos() ? "in time" : "late";
        }
    }

    private static boolean drain(Scene scene, Times times) {
        times.drainCalled = System.nanoTime();
        return scene.drain(DEADLINE);
    }

    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "destroy -> drain, or drain -> destroy wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "drain looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "drain -> its deadline -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G10: a drain does not sleep on when the last session has ended")
    @Rare({"true, late", "false, late"})
    @State
    public static class ExactDestroy {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);
        final Times times = new Times();

        @Actor
        public void drain(ZL_Result r) {
            meeting.arrive();
            r.r1 = DrainVsLastEnd.drain(scene, times);
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            session.destroy();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(scene.disagreement());
        }
    }

    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "timeout -> drain, or drain -> timeout wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "drain looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "drain -> its deadline -> timeout")
    @Outcome(expect = FORBIDDEN, desc = "G10: a drain does not sleep on when the last session has ended")
    @Rare({"true, late", "false, late"})
    @State
    public static class ExactTimeout {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Times times = new Times();

        public ExactTimeout() {
            scene.create(1);
            scene.setHours(3);
        }

        @Actor
        public void drain(ZL_Result r) {
            meeting.arrive();
            r.r1 = DrainVsLastEnd.drain(scene, times);
        }

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            scene.manager.sweep();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(scene.disagreement());
        }
    }

    /** The last sessions, in two shards. */
    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "gone -> drain, or drain -> gone wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "drain looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "drain -> its deadline -> gone")
    @Outcome(expect = FORBIDDEN, desc = "G10: a drain does not sleep on when the last session has ended")
    @Rare({"true, late", "false, late"})
    @State
    public static class ExactTransportGone {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, settings -> settings);
        final Times times = new Times();

        public ExactTransportGone() {
            scene.create(scene.idInShard(0, 0));
            scene.create(scene.idInShard(1, 0));
        }

        @Actor
        public void drain(ZL_Result r) {
            meeting.arrive();
            r.r1 = DrainVsLastEnd.drain(scene, times);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(scene.disagreement());
        }
    }

    /** The last sessions, in two shards. */
    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "shutdown -> drain, or drain -> shutdown wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "drain looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "drain -> its deadline -> shutdown")
    @Outcome(expect = FORBIDDEN, desc = "G10: a drain does not sleep on when the last session has ended")
    @Rare({"true, late", "false, late"})
    @State
    public static class ExactShutdown {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, settings -> settings);
        final Times times = new Times();

        public ExactShutdown() {
            scene.create(scene.idInShard(0, 0));
            scene.create(scene.idInShard(1, 0));
        }

        @Actor
        public void drain(ZL_Result r) {
            meeting.arrive();
            r.r1 = DrainVsLastEnd.drain(scene, times);
        }

        @Actor
        public void shutdown(ZL_Result r) {
            meeting.arrive();
            scene.manager.close();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(scene.disagreement());
        }
    }

    /**
     * A close that waits until the listeners know of every end. It waits as a drain does, but it takes longer
     * to look than the last step of a delivery takes. A drain looks faster than a session ends, so that the
     * drains above would hardly ever sleep on even if they looked before they listened. The executor runs the
     * delivery sooner or later.
     */
    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "delivery -> close, or close -> delivery wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "close looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "close -> its deadline -> delivery")
    @Outcome(expect = FORBIDDEN, desc = "G10: a close does not sleep on when the last event was delivered")
    @Rare({"true, late", "false, late"})
    @State
    public static class ExactDelivery {
        private static final int LONGEST_LAG = 32;

        final Meeting meeting = new Meeting();
        final List<Runnable> deliveries = new ArrayList<>();
        final Scene scene = new Scene(
                settings -> settings.listener(new SessionListener<>() {}).listenerExecutor(deliveries::add));
        final Times times = new Times();

        public ExactDelivery() {
            scene.create(1);
            scene.manager.close();
        }

        @Actor
        public void close(ZL_Result r) {
            meeting.arrive();
            times.drainCalled = System.nanoTime();
            r.r1 = scene.close(DEADLINE);
        }

        @Actor
        public void deliver(ZL_Result r) {
            meeting.arrive();
            for (int lag = ThreadLocalRandom.current().nextInt(LONGEST_LAG); lag > 0; lag--) {
                Thread.onSpinWait();
            }
            deliveries.get(0).run();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(scene.disagreement());
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "a condition that is looked at before the wait begins")
    @JCStressTest
    @Outcome(id = "true, in time", expect = ACCEPTABLE, desc = "destroy -> drain, or drain -> destroy wakes it")
    @Outcome(id = "true, late", expect = ACCEPTABLE, desc = "drain looks after its deadline once more -> true")
    @Outcome(id = "false, late", expect = ACCEPTABLE, desc = "drain -> its deadline -> destroy")
    @Outcome(
            id = "false, in time",
            expect = ACCEPTABLE_INTERESTING,
            desc = "drain sees one session -> destroy wakes nobody -> drain waits")
    @Outcome(expect = FORBIDDEN, desc = "G10: a drain does not sleep on when the last session has ended")
    @State
    public static class Control_LostWakeUp {
        final Meeting meeting = new Meeting();
        final DeafDrain sessions = new DeafDrain();
        final Times times = new Times();

        @Actor
        public void drain(ZL_Result r) {
            meeting.arrive();
            times.drainCalled = System.nanoTime();
            r.r1 = sessions.drain(DEADLINE.toNanos());
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            sessions.endLast();
            times.endReturned = System.nanoTime();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = times.order(null);
        }
    }
}
