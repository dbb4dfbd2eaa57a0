package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G7;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A session has ended and its id is used again, while somebody still holds the old handle. What
 * is done to the old handle must not touch the successor, not even if the id changes hands
 * meanwhile.
 *
 * <p>Guarantee G7. r1: what the old handle's operation was told. r2: what the create was told.
 * r3: the successor's phase at rest.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t StaleHandleVsCreate</pre>
 */
@Scenario(
        race = CREATE,
        against = {KEEPALIVE, CLAIM, DESTROY},
        proves = G7)
public final class StaleHandleVsCreate {
    private StaleHandleVsCreate() {}

    /** The old session has ended: destroy, keepalive and claim by its handle all fail. */
    @JCStressTest
    @Outcome(
            id = "false, created, ATTACHED",
            expect = ACCEPTABLE,
            desc = "create -> old.destroy, or old.destroy -> create")
    @Outcome(expect = FORBIDDEN, desc = "G7: a stale handle never touches the successor")
    @State
    public static class ExactAfterEnd {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> old = scene.create(1);

        public ExactAfterEnd() {
            old.destroy();
        }

        @Actor
        public void staleHandle(LLL_Result r) {
            meeting.arrive();
            boolean destroyed = old.destroy();
            boolean kept = old.keepAlive();
            boolean claimed = old.claim(scene.transportB);
            r.r1 = destroyed || kept || claimed;
        }

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r2 = scene.tryCreate(1, scene.transportA);
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            Session<Void> successor = scene.manager.find(1);
            String disagreement = scene.disagreement();
            r.r3 = disagreement != null ? disagreement : successor == null ? "no session" : successor.phase();
        }
    }

    /** create(id) × destroy(id) × create(id): the end itself is raced for. */
    @JCStressTest
    @Outcome(
            id = "true, created, ATTACHED",
            expect = ACCEPTABLE,
            desc = "old.destroy -> destroy(id) finds nothing -> create")
    @Outcome(id = "false, created, ATTACHED", expect = ACCEPTABLE, desc = "destroy(id) -> create -> old.destroy")
    @Outcome(expect = FORBIDDEN, desc = "G7: a stale handle never touches the successor")
    @State
    public static class ExactDuringEnd {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> old = scene.create(1);

        @Actor
        public void staleHandle(ZLL_Result r) {
            meeting.arrive();
            r.r1 = old.destroy();
        }

        @Actor
        public void destroyThenCreate(ZLL_Result r) {
            meeting.arrive();
            scene.manager.destroy(1);
            r.r2 = scene.tryCreate(1, scene.transportA);
        }

        @Arbiter
        public void arbiter(ZLL_Result r) {
            Session<Void> successor = scene.manager.find(1);
            String disagreement = scene.disagreement();
            r.r3 = disagreement != null ? disagreement : successor == null ? "no session" : successor.phase();
        }
    }
}
