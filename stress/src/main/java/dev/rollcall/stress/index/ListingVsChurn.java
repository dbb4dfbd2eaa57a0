package dev.rollcall.stress.index;

import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.LISTING;
import static dev.rollcall.stress.Operation.SHUTDOWN;
import static dev.rollcall.stress.Operation.TIMEOUT;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.SessionInfo;
import dev.rollcall.stress.Laps;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.LiveIterator;
import java.util.Collections;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Sessions come and go while they are listed. One that is live throughout is listed exactly
 * once; one that comes or goes may be listed or not, but not twice.
 *
 * <p>The listing's promise (G1 holds for counts(), not for it). r1: how often the session that
 * stays was listed. r2: two of the others were at most once. r3: the last listing was made after the first of the
 * changes.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListingVsChurn</pre>
 */
@Scenario(
        race = LISTING,
        against = {CREATE, CLAIM, DESTROY, TIMEOUT, TRANSPORT_GONE, SHUTDOWN},
        proves = {})
public final class ListingVsChurn {
    private static final int LISTINGS = 3;
    private static final int STAYING = 9;

    private ListingVsChurn() {}

    private static int times(List<SessionInfo> listed, long id) {
        int times = 0;
        for (SessionInfo info : listed) {
            if (info.id() == id) {
                times++;
            }
        }
        return times;
    }

    @JCStressTest
    @Outcome(id = "1, true, true", expect = ACCEPTABLE, desc = "churn -> listing: what stays is listed, once")
    @Outcome(id = "1, true, false", expect = ACCEPTABLE, desc = "listing -> churn: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public Exact() {
            for (int id = 1; id <= STAYING; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void churn() {
            meeting.arrive();
            for (int id = 1; id < STAYING; id++) {
                scene.manager.destroy(id);
                scene.create(id + STAYING);
            }
        }

        @Actor
        public void listing(IZZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            r.r2 = true;
            for (int tries = 0; tries < LISTINGS && r.r1 == 1; tries++) {
                List<SessionInfo> listed = scene.manager.sessionInfos();
                r.r1 = times(listed, STAYING);
                r.r2 &= times(listed, 1) <= 1 && times(listed, 1 + STAYING) <= 1;
                r.r3 = times(listed, 1) == 0;
            }
        }
    }

    /** The listing of one transport, among claims. */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "churn -> listing: what stays is listed")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "listing -> churn: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is attached throughout is listed once")
    @State
    public static class ExactOfTransport {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> first = scene.create(1);
        final Session<Void> staying = scene.create(2);
        final Session<Void> last = scene.create(3);

        @Actor
        public void churn() {
            meeting.arrive();
            last.destroy();
            scene.create(4);
            first.claim(scene.transportB);
        }

        @Actor
        public void listing(IZ_Result r) {
            meeting.arrive();
            List<Session<Void>> listed = scene.transportA.sessions();
            r.r1 = Collections.frequency(listed, staying);
            r.r2 = !listed.contains(last);
        }
    }

    /**
     * A row of it, lap by lap: the session is claimed to and fro, so the number of claims tells who owns it. r1: in
     * each row the two agreed. r2: a row was made between two claims.
     */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "claim -> listing -> claim, in some lap")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "listing -> claims, or claims -> listing")
    @Outcome(expect = FORBIDDEN, desc = "a row is true at one instant")
    @State
    public static class ExactRow {
        private static final int LAPS = 32;

        final Laps laps = new Laps();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                session.claim(lap % 2 == 1 ? scene.transportB : scene.transportA);
            }
        }

        @Actor
        public void row(ZZ_Result r) {
            r.r1 = true;
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                SessionInfo row = session.info();
                r.r1 &= (row.claims() % 2 == 1 ? "B" : "A").equals(row.transport());
                r.r2 |= row.claims() > 0 && row.claims() < LAPS;
            }
        }
    }

    /** The others time out, in a sweep. */
    @JCStressTest
    @Outcome(id = "1, true, true", expect = ACCEPTABLE, desc = "churn -> listing: what stays is listed, once")
    @Outcome(id = "1, true, false", expect = ACCEPTABLE, desc = "listing -> churn: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @State
    public static class ExactTimeout {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public ExactTimeout() {
            for (int id = 1; id < STAYING; id++) {
                scene.create(id);
            }
            scene.setHours(3);
            scene.create(STAYING);
        }

        @Actor
        public void timeout() {
            meeting.arrive();
            scene.manager.sweep();
        }

        @Actor
        public void listing(IZZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            r.r2 = true;
            for (int tries = 0; tries < LISTINGS && r.r1 == 1; tries++) {
                List<SessionInfo> listed = scene.manager.sessionInfos();
                r.r1 = times(listed, STAYING);
                r.r2 &= times(listed, 1) <= 1 && times(listed, STAYING - 1) <= 1;
                r.r3 = times(listed, 1) == 0;
            }
        }
    }

    /** The others lose their transport, and end. */
    @JCStressTest
    @Outcome(id = "1, true, true", expect = ACCEPTABLE, desc = "churn -> listing: what stays is listed, once")
    @Outcome(id = "1, true, false", expect = ACCEPTABLE, desc = "listing -> churn: the same")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @State
    public static class ExactTransportGone {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();

        public ExactTransportGone() {
            for (int id = 1; id <= STAYING; id++) {
                scene.create(id);
            }
            scene.manager.claim(STAYING, scene.transportB);
        }

        @Actor
        public void gone() {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Actor
        public void listing(IZZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            r.r2 = true;
            for (int tries = 0; tries < LISTINGS && r.r1 == 1; tries++) {
                List<SessionInfo> listed = scene.manager.sessionInfos();
                r.r1 = times(listed, STAYING);
                r.r2 &= times(listed, 1) <= 1 && scene.transportA.sessions().size() < STAYING;
                r.r3 = times(listed, 1) == 0;
            }
        }
    }

    /** All end. r1: how many were listed in the end, at rest. r2: each listing had no more than the one before. r3: the
     * last one had fewer than all. */
    @JCStressTest
    @Outcome(id = "0, true, true", expect = ACCEPTABLE, desc = "shutdown -> listing: fewer and fewer, then none")
    @Outcome(id = "0, true, false", expect = ACCEPTABLE, desc = "listing -> shutdown: all, then none")
    @Outcome(expect = FORBIDDEN, desc = "a session that has ended is not listed by a later call")
    @State
    public static class ExactShutdown {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(2, settings -> settings);

        public ExactShutdown() {
            for (int id = 1; id <= STAYING; id++) {
                scene.create(id);
            }
        }

        @Actor
        public void shutdown() {
            meeting.arrive();
            scene.manager.close();
        }

        @Actor
        public void listing(IZZ_Result r) {
            meeting.arrive();
            r.r2 = true;
            int before = STAYING;
            for (int tries = 0; tries < LISTINGS; tries++) {
                int listed = scene.manager.sessions().size();
                r.r2 &= listed <= before;
                before = listed;
            }
            r.r3 = before < STAYING;
        }

        @Arbiter
        public void arbiter(IZZ_Result r) {
            r.r1 = scene.manager.sessions().size();
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "emqx #18442")
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false"},
            expect = ACCEPTABLE,
            desc = "claims -> listing, or listing -> claims, or never a claim between the row's parts")
    @Outcome(
            id = {"false, true", "false, false"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "the number of claims -> claim -> the owner")
    @Outcome(expect = FORBIDDEN, desc = "a row is true at one instant")
    @State
    public static class Control_RowInParts {
        private static final int LAPS = 32;

        final Laps laps = new Laps();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void claim() {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                session.claim(lap % 2 == 1 ? scene.transportB : scene.transportA);
            }
        }

        @Actor
        public void row(ZZ_Result r) {
            r.r1 = true;
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                int claims = session.info().claims();
                String owner = session.transport().name();
                r.r1 &= (claims % 2 == 1 ? "B" : "A").equals(owner);
                r.r2 |= claims > 0 && claims < LAPS;
            }
        }
    }

    @Reproduces(
            mechanism = Mechanism.WEAK_READ,
            source = "listing by position while entries are removed; the listing of Janus holds its mutex instead")
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "listing -> destroy, or destroy -> listing")
    @Outcome(
            id = "0, true",
            expect = ACCEPTABLE_INTERESTING,
            desc = "listing is about to meet it -> destroy closes a gap -> it is behind the reader")
    @Outcome(expect = FORBIDDEN, desc = "a session that is live throughout is listed once")
    @State
    public static class Control_ByPosition {
        final Meeting meeting = new Meeting();
        final LiveIterator sessions = new LiveIterator(1, 2, 3, 4, 5, 6, 7, 8, STAYING);

        @Actor
        public void churn() {
            meeting.arrive();
            for (int id = 1; id < STAYING; id++) {
                sessions.endFirst();
            }
        }

        @Actor
        public void listing(IZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            r.r2 = true;
            for (int tries = 0; tries < LISTINGS && r.r1 == 1; tries++) {
                r.r1 = sessions.timesListed(STAYING);
            }
        }
    }
}
