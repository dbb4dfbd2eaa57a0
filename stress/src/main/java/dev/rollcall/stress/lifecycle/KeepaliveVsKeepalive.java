package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G3;
import static dev.rollcall.stress.Operation.KEEPALIVE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionInfo;
import dev.rollcall.SessionPhase;
import dev.rollcall.stress.Laps;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.PlainWord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two keepalives of one session at different times: the later activity stays on record,
 * whichever writes last. Else a session that was just active is ended for an old activity.
 *
 * <p>Guarantee G3: time never moves back. r1, r2: the keepalives were accepted, at hour 1 and
 * hour 2 or later. r3: what becomes of the session in a sweep at hour 2 with a session timeout
 * of one hour: the later activity saves it.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t KeepaliveVsKeepalive</pre>
 */
@Scenario(race = KEEPALIVE, proves = G3)
public final class KeepaliveVsKeepalive {
    private KeepaliveVsKeepalive() {}

    /** The early keepalive reads hour 0 or, if it comes later, hour 2. */
    @JCStressTest
    @Outcome(
            id = "true, true, ATTACHED",
            expect = ACCEPTABLE,
            desc = "keepalive -> later keepalive, or the other order: the later one counts")
    @Outcome(expect = FORBIDDEN, desc = "G3: last activity never moves back")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene();
        final Session<Void> session = scene.create(1);

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            r.r1 = session.keepAlive();
        }

        @Actor
        public void keepAliveLater(ZZL_Result r) {
            meeting.arrive();
            scene.setHours(2);
            r.r2 = session.keepAlive();
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            scene.manager.sweep();
            r.r3 = scene.outcomeOf(session);
        }
    }

    /**
     * A session for each lap. One actor moves the clock on and keeps the session alive at the new time. The
     * other reads the clock, looks the session up, and keeps it alive at what it read, which may be the time
     * before. r1: for so many sessions the later time is on record. r2: the other keepalives were accepted.
     */
    @JCStressTest
    @Outcome(id = "32, true", expect = ACCEPTABLE, desc = "keepalives in any order: the later counts, each time")
    @Outcome(expect = FORBIDDEN, desc = "G3: last activity never moves back")
    @State
    public static class ExactLaps {
        private static final int LAPS = 32;

        /** More than times are rounded by. */
        private static final Duration MOMENT = Duration.ofMinutes(1);

        final Laps laps = new Laps();
        final Scene scene = new Scene();

        public ExactLaps() {
            for (int lap = 1; lap <= LAPS; lap++) {
                scene.create(lap);
            }
        }

        @Actor
        public void keepAlive(IZ_Result r) {
            r.r2 = true;
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                r.r2 &= scene.manager.keepAlive(lap);
            }
        }

        @Actor
        public void keepAliveLater(IZ_Result r) {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                scene.setHours(lap);
                scene.manager.keepAlive(lap);
            }
        }

        @Arbiter
        public void arbiter(IZ_Result r) {
            for (Session<Void> session : scene.manager.sessions()) {
                SessionInfo info = session.info();
                Duration activeAt = info.age().minus(info.idle()).plus(MOMENT);
                r.r1 += activeAt.compareTo(Scene.HOUR.multipliedBy(session.id())) > 0 ? 1 : 0;
            }
        }
    }

    @Reproduces(mechanism = Mechanism.LOST_KEEPALIVE, source = "spring-session #1280")
    @JCStressTest
    @Outcome(id = "true, true, ATTACHED", expect = ACCEPTABLE, desc = "keepalive -> later keepalive")
    @Outcome(
            id = "true, true, TIMED_OUT",
            expect = ACCEPTABLE_INTERESTING,
            desc = "keepalive reads the clock -> later keepalive -> keepalive writes the older time")
    @Outcome(expect = FORBIDDEN, desc = "G3: last activity never moves back")
    @State
    public static class Control_OlderOverwrites {
        final Meeting meeting = new Meeting();
        final AtomicLong hours = new AtomicLong();
        final PlainWord session = new PlainWord();

        @Actor
        public void keepAlive(ZZL_Result r) {
            meeting.arrive();
            session.touch(hours);
            r.r1 = true;
        }

        @Actor
        public void keepAliveLater(ZZL_Result r) {
            meeting.arrive();
            hours.set(2);
            session.touch(hours);
            r.r2 = true;
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = session.lastActivity() == 2 ? SessionPhase.ATTACHED : EndCause.TIMED_OUT;
        }
    }
}
