package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.AUDIT;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.SET_LIMIT;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.AuditReport;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import dev.rollcall.stress.Companion;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.SharedRecount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * An audit recounts the sessions batch by batch, while others come and go, and compares with the
 * figures in the end. It says that something disagrees only if something does. To follow what changes
 * behind it, a shard reports its changes to the audit under way; two audits at once must not take
 * these reports from one another.
 *
 * <p>Guarantee G1, as the operator checks it. All samples share a manager with more sessions than one
 * batch, and each leaves it as it found it. r1: what the audits said, if not that all is well.
 * r2: sessions ended during the audit.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t AuditVsChurn</pre>
 */
@Scenario(
        race = AUDIT,
        against = {AUDIT, CLAIM, CREATE, DESTROY, SET_LIMIT, TIMEOUT, TRANSPORT_GONE},
        proves = G1)
public final class AuditVsChurn {
    /** Three batches in one shard. */
    private static final int STAYING = 300;

    private static final int ROUNDS = 4;

    private AuditVsChurn() {}

    private static Scene filled() {
        Scene scene = new Scene(settings -> settings.reclaimTimeout(Scene.HOUR));
        Transport<Void> staying = scene.manager.openTransport("staying");
        for (int id = 1; id <= STAYING; id++) {
            scene.manager.create(staying, SessionOptions.<Void>defaults().id(id));
        }
        return scene;
    }

    /** Comes, moves, loses its transport and ends. */
    private static void churn(Scene scene) {
        scene.create(STAYING + 1);
        scene.manager.claim(STAYING + 1, scene.transportB);
        Transport<Void> gone = scene.manager.openTransport("gone");
        scene.manager.claim(STAYING + 1, gone);
        gone.gone();
        scene.manager.destroy(STAYING + 1);
        scene.manager.destroy(1);
        scene.create(1);
    }

    private static Object audited(Scene scene, Object before) {
        AuditReport report = scene.manager.audit();
        return !"clean".equals(before) ? before : report.isClean() ? "clean" : "alarm";
    }

    private static long ended(Scene scene) {
        return scene.manager.counts().ended();
    }

    @JCStressTest
    @Outcome(id = "clean, true", expect = ACCEPTABLE, desc = "each change -> the audit meets it, or is told of it")
    @Outcome(id = "clean, false", expect = ACCEPTABLE, desc = "audit -> change, or change -> audit")
    @Outcome(expect = FORBIDDEN, desc = "G1: the records agree at the end of the audit")
    @Rare("clean, false")
    @State
    public static class Exact {
        private static final Scene SCENE = filled();

        @Actor
        public void churn() {
            for (int round = 0; round < ROUNDS; round++) {
                AuditVsChurn.churn(SCENE);
            }
        }

        @Actor
        public void audit(LZ_Result r) {
            long endedBefore = ended(SCENE);
            r.r1 = audited(SCENE, "clean");
            r.r2 = ended(SCENE) != endedBefore;
        }
    }

    /** A third thread audits, too. r1 is also what that one said. */
    @JCStressTest
    @Outcome(id = "clean, true", expect = ACCEPTABLE, desc = "each change -> both audits meet it, or are told of it")
    @Outcome(id = "clean, false", expect = ACCEPTABLE, desc = "audit -> change, or change -> audit")
    @Outcome(expect = FORBIDDEN, desc = "G1: the records agree at the end of the audit")
    @Rare("clean, false")
    @State
    public static class ExactTwoAudits {
        private static final Scene SCENE = filled();
        private static final Companion OTHER = new Companion(ExactTwoAudits::auditToo);
        private static volatile Object otherSaid = "clean";

        private static void auditToo() {
            otherSaid = audited(SCENE, otherSaid);
        }

        @Actor
        public void churn() {
            OTHER.accompany();
            for (int round = 0; round < ROUNDS; round++) {
                SCENE.manager.destroy(1);
                SCENE.create(1);
                AuditVsChurn.churn(SCENE);
            }
        }

        @Actor
        public void audit(LZ_Result r) {
            long endedBefore = ended(SCENE);
            r.r1 = audited(SCENE, otherSaid);
            r.r2 = ended(SCENE) != endedBefore;
        }
    }

    /** The limit is lowered below the number of sessions, as far as that goes. r2: what it could be lowered to. */
    @JCStressTest
    @Outcome(id = "clean, 1", expect = ACCEPTABLE, desc = "audit, set limit in any order")
    @Outcome(expect = FORBIDDEN, desc = "G1: no more are live than the limit allows, whenever an audit looks")
    @State
    public static class ExactLimit {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(settings -> settings.maxSessions(2));

        public ExactLimit() {
            scene.create(1);
        }

        @Actor
        public void setLimit(LJ_Result r) {
            meeting.arrive();
            for (int round = 0; round < ROUNDS; round++) {
                r.r2 = scene.manager.setMaxSessions(0);
                scene.manager.setMaxSessions(2);
            }
        }

        @Actor
        public void audit(LJ_Result r) {
            meeting.arrive();
            r.r1 = audited(scene, "clean");
        }
    }

    /** Sessions time out in batches and are created again. */
    @JCStressTest
    @Outcome(
            id = "clean, true",
            expect = ACCEPTABLE,
            desc = "each batch -> the audit meets what is left, or is told of it")
    @Outcome(id = "clean, false", expect = ACCEPTABLE, desc = "audit -> change, or change -> audit")
    @Outcome(expect = FORBIDDEN, desc = "G1: the records agree at the end of the audit")
    @Rare("clean, false")
    @State
    public static class ExactTimeout {
        final Scene scene = filled();

        public ExactTimeout() {
            scene.setHours(3);
        }

        @Actor
        public void timeout() {
            scene.manager.sweep();
            scene.create(1);
        }

        @Actor
        public void audit(LZ_Result r) {
            long endedBefore = ended(scene);
            r.r1 = audited(scene, "clean");
            r.r2 = ended(scene) != endedBefore;
        }
    }

    @Reproduces(mechanism = Mechanism.CHECK_THEN_ACT, source = "a recount that is told of changes by the latest only")
    @JCStressTest
    @Outcome(id = "clean", expect = ACCEPTABLE, desc = "recount -> change, or change -> recount")
    @Outcome(
            id = "alarm",
            expect = ACCEPTABLE_INTERESTING,
            desc = "recount -> the other recount takes its place -> change -> the first compares")
    @Outcome(expect = FORBIDDEN, desc = "G1: the records agree at the end of the audit")
    @State
    public static class Control_LatestIsTold {
        final SharedRecount sessions = new SharedRecount();
        private volatile boolean otherClean = true;

        @Actor
        public void churnAndAudit() {
            otherClean = sessions.recount();
            sessions.createInFront();
        }

        @Actor
        public void audit(L_Result r) {
            r.r1 = sessions.recount() && otherClean ? "clean" : "alarm";
        }
    }
}
