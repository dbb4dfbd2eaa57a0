package dev.rollcall.stress.listener;

import static dev.rollcall.stress.Guarantee.G11;
import static dev.rollcall.stress.Guarantee.G8;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.LockedCallbacks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two sessions in two shards end at once, and the listener of each end calls back into the other
 * shard. With a lock held during the callback the two threads would wait for each other for
 * ever.
 *
 * <p>Guarantees G8 and G11. r1, r2: what the callbacks, one per end, were told; in the manager
 * they create a session in the other shard and ask for the count.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListenerReentrancy</pre>
 */
@Scenario(
        race = {CREATE, DESTROY, COUNT},
        proves = {G8, G11})
public final class ListenerReentrancy {
    private ListenerReentrancy() {}

    @JCStressTest
    @Outcome(
            id = "told, told",
            expect = ACCEPTABLE,
            desc = "destroy -> destroy too, each with its callback, in any order")
    @Outcome(expect = FORBIDDEN, desc = "G8, G11: no lock is held while a listener runs")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final CallBack callBack = new CallBack();
        final Scene scene = new Scene(2, settings -> settings.listener(callBack));
        final long spare = scene.idInShard(1, 1);
        final long spareToo = scene.idInShard(0, 1);
        final Session<Void> session = scene.create(scene.idInShard(0, 0));
        final Session<Void> sessionToo = scene.create(scene.idInShard(1, 0));

        @Actor
        public void destroy() {
            meeting.arrive();
            callBack.scene = scene;
            session.destroy();
        }

        @Actor
        public void destroyToo() {
            meeting.arrive();
            callBack.scene = scene;
            sessionToo.destroy();
        }

        @Arbiter
        public void arbiter(LL_Result r) {
            r.r1 = scene.finds(spare) ? "told" : "not told";
            r.r2 = scene.finds(spareToo) ? "told" : "not told";
        }

        /** Answers each end with a create in the other shard. */
        final class CallBack implements SessionListener<Void> {
            volatile Scene scene;

            @Override
            public void ended(Session<Void> ended, Transport<Void> from, EndCause cause) {
                scene.create(ended == session ? spare : spareToo);
                scene.manager.counts();
            }
        }
    }

    @Reproduces(mechanism = Mechanism.CALLBACK_UNDER_LOCK, source = "janus-gateway #2546, #1263 and #210")
    @JCStressTest
    @Outcome(id = "told, told", expect = ACCEPTABLE, desc = "destroy -> destroy too, or the other order")
    @Outcome(
            id = {"told, would block", "would block, told", "would block, would block"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both hold their lock -> a callback wants the other one")
    @Outcome(expect = FORBIDDEN, desc = "G8, G11: no lock is held while a listener runs")
    @State
    public static class Control_CallbackUnderLock {
        final Meeting meeting = new Meeting();
        final LockedCallbacks sessions = new LockedCallbacks();

        @Actor
        public void destroy(LL_Result r) {
            meeting.arrive();
            r.r1 = sessions.end(0);
        }

        @Actor
        public void destroyToo(LL_Result r) {
            meeting.arrive();
            r.r2 = sessions.end(1);
        }
    }
}
