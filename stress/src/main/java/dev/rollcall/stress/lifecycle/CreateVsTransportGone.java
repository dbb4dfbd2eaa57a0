package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G5;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.UnlockedTransports;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A client creates a session and closes its connection at once. In Janus the create is handled
 * after the loss and the session stays behind, owned by nobody. Here a create either comes first
 * and its session goes with the transport, or it is refused.
 *
 * <p>Guarantee G5, invariant S5 of the shard. r1: what the create was told. r2: what became of
 * the session, if all records agree. r3: how many sessions the transport has when gone()
 * returned and at rest, and what a create after that is told.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsTransportGone</pre>
 */
@Scenario(
        race = {CREATE, TRANSPORT_GONE},
        proves = G5)
public final class CreateVsTransportGone {
    private CreateVsTransportGone() {}

    /** Without a reclaim timeout the session ends. */
    @JCStressTest
    @Outcome(id = "created, TRANSPORT_GONE, none; TRANSPORT_GONE", expect = ACCEPTABLE, desc = "create -> gone")
    @Outcome(id = "TRANSPORT_GONE, no session, none; TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> create")
    @Outcome(expect = FORBIDDEN, desc = "G5: no session is attached to a transport that is gone")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        private long onReturn;

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(1, scene.transportA);
        }

        @Actor
        public void gone(LLL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
            onReturn = scene.transportA.count();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = scene.outcomeOfId(1);
            boolean none = onReturn == 0 && scene.transportA.count() == 0;
            r.r3 = (none ? "none; " : "orphan; ") + scene.tryCreate(2, scene.transportA);
        }
    }

    /** With a reclaim timeout it is detached. */
    @JCStressTest
    @Outcome(id = "created, DETACHED, none; TRANSPORT_GONE", expect = ACCEPTABLE, desc = "create -> gone")
    @Outcome(id = "TRANSPORT_GONE, no session, none; TRANSPORT_GONE", expect = ACCEPTABLE, desc = "gone -> create")
    @Outcome(expect = FORBIDDEN, desc = "G5: no session is attached to a transport that is gone")
    @State
    public static class ExactWithReclaim {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        private long onReturn;

        @Actor
        public void create(LLL_Result r) {
            meeting.arrive();
            r.r1 = scene.tryCreate(1, scene.transportA);
        }

        @Actor
        public void gone(LLL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
            onReturn = scene.transportA.count();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = scene.outcomeOfId(1);
            boolean none = onReturn == 0 && scene.transportA.count() == 0;
            r.r3 = (none ? "none; " : "orphan; ") + scene.tryCreate(2, scene.transportA);
        }
    }

    @Reproduces(
            mechanism = Mechanism.ORPHAN,
            source = "Janus: creates handled after the loss of their transport; netty #4020; jetty #6602")
    @JCStressTest
    @Outcome(id = "true, ended", expect = ACCEPTABLE, desc = "create -> gone")
    @Outcome(id = "false, no session", expect = ACCEPTABLE, desc = "gone -> create")
    @Outcome(
            id = "true, orphan",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create finds the transport open -> gone -> create attaches")
    @Outcome(expect = FORBIDDEN, desc = "G5: no session is attached to a transport that is gone")
    @State
    public static class Control_Orphan {
        final Meeting meeting = new Meeting();
        private final UnlockedTransports.Link link = new UnlockedTransports.Link();
        private final UnlockedTransports sessions = new UnlockedTransports();

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            r.r1 = sessions.attach(1, link);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            sessions.gone(1, link);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = link.holds(1) ? "orphan" : sessions.isEnded() ? "ended" : "no session";
        }
    }
}
