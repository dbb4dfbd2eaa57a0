package dev.rollcall.stress.index;

import static dev.rollcall.stress.Guarantee.G5;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionPhase;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.EmptiedIndex;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A transport's only session is destroyed while another one is created on it. The transport knows
 * the new one: else its loss would leave an orphan.
 *
 * <p>Guarantee G5, invariant S3 of the shard. r1: the former one was destroyed, and the transport lists the new one. r2: what
 * becomes of it when the transport goes, if all records agree.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsDestroyOfLast</pre>
 */
@Scenario(
        race = {CREATE, DESTROY},
        proves = G5)
public final class CreateVsDestroyOfLast {
    private CreateVsDestroyOfLast() {}

    @JCStressTest
    @Outcome(id = "true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "create -> destroy, or destroy -> create")
    @Outcome(expect = FORBIDDEN, desc = "G5: a transport that goes knows all its sessions")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> last = scene.create(1);
        private Session<Void> created;

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            created = scene.create(2);
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            last.destroy();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r1 = scene.transportA.sessions().contains(created) && last.endCause() == EndCause.DESTROYED;
            scene.transportA.gone();
            String disagreement = scene.disagreement();
            r.r2 = disagreement != null ? disagreement : created.isLive() ? created.phase() : created.endCause();
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "spring-security #19338")
    @JCStressTest
    @Outcome(id = "true, TRANSPORT_GONE", expect = ACCEPTABLE, desc = "create -> destroy, or destroy -> create")
    @Outcome(
            id = "false, ATTACHED",
            expect = ACCEPTABLE_INTERESTING,
            desc = "destroy finds the set empty -> create adds to it -> destroy drops the set")
    @Outcome(expect = FORBIDDEN, desc = "G5: a transport that goes knows all its sessions")
    @State
    public static class Control_EmptySetDropped {
        final Meeting meeting = new Meeting();
        final EmptiedIndex sessions = new EmptiedIndex();

        public Control_EmptySetDropped() {
            sessions.create("A", 1);
        }

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            sessions.create("A", 2);
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            sessions.destroy("A", 1);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r1 = sessions.isOn("A", 2);
            r.r2 = r.r1 ? EndCause.TRANSPORT_GONE : SessionPhase.ATTACHED;
        }
    }
}
