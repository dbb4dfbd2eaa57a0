package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G4;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.LOOKUP;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.SessionPhase;
import dev.rollcall.Transport;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.UnlockedOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A detached session is claimed while somebody asks its handle, without a lock, whether it is
 * attached and to what. One that was seen attached has an owner.
 *
 * <p>Guarantee G4. r1: the session was seen attached. r2: the owner that was read after that.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ClaimVsLookup</pre>
 */
@Scenario(
        race = {CLAIM, LOOKUP},
        proves = G4)
public final class ClaimVsLookup {
    private ClaimVsLookup() {}

    @JCStressTest
    @Outcome(id = "true, B", expect = ACCEPTABLE, desc = "claim -> phase -> transport")
    @Outcome(id = "false, unasked", expect = ACCEPTABLE, desc = "phase -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G4: a session that is attached has an owner")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = Scene.withReclaim(1);
        final Session<Void> session = scene.create(1);

        public Exact() {
            scene.transportA.gone();
        }

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            session.claim(scene.transportB);
        }

        @Actor
        public void lookup(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = session.phase() == SessionPhase.ATTACHED;
            }
            Transport<Void> owner = r.r1 ? session.transport() : null;
            r.r2 = !r.r1 ? "unasked" : owner == null ? "no owner" : owner.name();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "janus-gateway PR #1990")
    @JCStressTest
    @Outcome(id = "true, B", expect = ACCEPTABLE, desc = "claim -> phase -> transport")
    @Outcome(id = "false, unasked", expect = ACCEPTABLE, desc = "phase -> claim")
    @Outcome(
            id = "true, no owner",
            expect = ACCEPTABLE_INTERESTING,
            desc = "claim writes the phase -> phase -> transport -> claim writes the owner")
    @Outcome(expect = FORBIDDEN, desc = "G4: a session that is attached has an owner")
    @State
    public static class Control_OwnerAfterPhase {
        final Meeting meeting = new Meeting();
        final UnlockedOwner session = new UnlockedOwner();

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            session.claim(1);
        }

        @Actor
        public void lookup(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = session.isAttached();
            }
            String owner = r.r1 ? session.owner() : null;
            r.r2 = !r.r1 ? "unasked" : owner == null ? "no owner" : owner;
        }
    }
}
