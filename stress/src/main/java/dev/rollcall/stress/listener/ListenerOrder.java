package dev.rollcall.stress.listener;

import static dev.rollcall.stress.Guarantee.G8;
import static dev.rollcall.stress.Operation.CLAIM;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.TRANSPORT_GONE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;
import dev.rollcall.stress.Laps;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import dev.rollcall.stress.controls.UnorderedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A session is destroyed the moment it can be found, before its creator has told the listeners.
 * They must hear "created" first and "ended" after, each once.
 *
 * <p>Guarantee G8. r1: the destroy found the session. r2: what the listener heard, in order.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t ListenerOrder</pre>
 */
@Scenario(
        race = {CLAIM, DESTROY},
        against = {CREATE, TRANSPORT_GONE},
        proves = G8)
public final class ListenerOrder {
    private ListenerOrder() {}

    @JCStressTest
    @Outcome(id = "true, created ended", expect = ACCEPTABLE, desc = "create -> destroy")
    @Outcome(id = "false, created", expect = ACCEPTABLE, desc = "destroy -> create")
    @Outcome(expect = FORBIDDEN, desc = "G8: created, then ended, each once")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final Scene scene = new Scene(settings -> settings.listener(log));

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.destroy(1);
            }
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }

    /** A claim against the loss of the old transport, which detaches. */
    @JCStressTest
    @Outcome(id = "true, claimed", expect = ACCEPTABLE, desc = "claim -> gone(A)")
    @Outcome(id = "true, detached claimed", expect = ACCEPTABLE, desc = "gone(A) -> claim")
    @Outcome(expect = FORBIDDEN, desc = "G8: the order in which the changes took effect")
    @State
    public static class ExactClaimVsGone {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final Scene scene = new Scene(settings -> settings.listener(log).reclaimTimeout(Scene.HOUR));
        final Session<Void> session = scene.create(1);

        public ExactClaimVsGone() {
            log.clear();
        }

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.claim(scene.transportB);
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }

    @Reproduces(
            mechanism = Mechanism.LISTENER_ORDER,
            source = "Janus: destroyed before created; caffeine #412; jetty #6602")
    @JCStressTest
    @Outcome(id = "true, created ended", expect = ACCEPTABLE, desc = "create -> destroy")
    @Outcome(id = "false, created", expect = ACCEPTABLE, desc = "destroy -> create")
    @Outcome(
            id = "true, ended created",
            expect = ACCEPTABLE_INTERESTING,
            desc = "create puts it -> destroy removes and tells -> create tells")
    @Outcome(expect = FORBIDDEN, desc = "G8: created, then ended")
    @State
    public static class Control_ToldByWhoeverDidIt {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final UnorderedEvents sessions = new UnorderedEvents((event, text) -> log.add(event));

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            sessions.create(1);
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = sessions.destroy(1);
            }
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }

    /**
     * An executor runs each delivery twice, on two threads, lap by lap. One of the two tells, the other returns at
     * once. r1, r2: it told, in some lap. r3: how many creates and how many ends were told.
     */
    @JCStressTest
    @Outcome(
            id = "true, true, 32 and 32",
            expect = ACCEPTABLE,
            desc = "run -> run too in some laps, run too -> run in others")
    @Outcome(id = "true, false, 32 and 32", expect = ACCEPTABLE, desc = "run -> run too in all laps")
    @Outcome(id = "false, true, 32 and 32", expect = ACCEPTABLE, desc = "run too -> run in all laps")
    @Outcome(expect = FORBIDDEN, desc = "G8: each event once")
    @State
    public static class ExactTwoRuns {
        private static final int LAPS = 32;

        final Laps laps = new Laps();
        final AtomicInteger creates = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        private volatile Thread teller;
        final List<Runnable> deliveries = new ArrayList<>();

        public ExactTwoRuns() {
            Scene scene = new Scene(settings -> settings.listener(new Told()).listenerExecutor(deliveries::add));
            for (int id = 1; id <= LAPS; id++) {
                scene.create(id);
                scene.manager.destroy(id);
            }
        }

        private final class Told implements SessionListener<Void> {
            @Override
            public void created(Session<Void> session, Transport<Void> transport) {
                creates.incrementAndGet();
                teller = Thread.currentThread();
            }

            @Override
            public void ended(Session<Void> session, Transport<Void> from, EndCause cause) {
                ends.incrementAndGet();
            }
        }

        /** Whether it was this thread that told. Each of a session's two events has submitted its delivery. */
        private boolean run(int lap) {
            deliveries.get(2 * lap - 1).run();
            return Thread.currentThread().equals(teller);
        }

        @Actor
        public void run(ZZL_Result r) {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginFirst(lap);
                r.r1 |= run(lap);
            }
        }

        @Actor
        public void runToo(ZZL_Result r) {
            for (int lap = 1; lap <= LAPS; lap++) {
                laps.beginSecond(lap);
                r.r2 |= run(lap);
            }
        }

        @Arbiter
        public void arbiter(ZZL_Result r) {
            r.r3 = creates + " and " + ends;
        }
    }

    @Reproduces(mechanism = Mechanism.LISTENER_ORDER, source = "Janus: two destroyed events; hazelcast PR #6310")
    @JCStressTest
    @Outcome(id = "true, created ended", expect = ACCEPTABLE, desc = "destroy -> timeout, or timeout -> destroy")
    @Outcome(
            id = "true, created ended ended",
            expect = ACCEPTABLE_INTERESTING,
            desc = "destroy and timeout both find it -> both tell")
    @Outcome(expect = FORBIDDEN, desc = "G8: ended, once")
    @State
    public static class Control_ToldTwice {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final JanusSessions sessions = JanusSessions.withSession(Policy.PUBLISHED_FIX, 1);

        public Control_ToldTwice() {
            log.add("created");
        }

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = true;
            if (sessions.destroy(1)) {
                log.add("ended");
            }
        }

        @Actor
        public void timeout(ZL_Result r) {
            meeting.arrive();
            if (sessions.timeout(1)) {
                log.add("ended");
            }
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }

    /** A claim of the session the moment it can be found. */
    @JCStressTest
    @Outcome(id = "true, created claimed", expect = ACCEPTABLE, desc = "create -> claim")
    @Outcome(id = "false, created", expect = ACCEPTABLE, desc = "claim finds nothing -> create")
    @Outcome(expect = FORBIDDEN, desc = "G8: the order in which the changes took effect")
    @Rare("false, created")
    @State
    public static class ExactClaimVsCreate {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final Scene scene = new Scene(settings -> settings.listener(log));

        @Actor
        public void claim(ZL_Result r) {
            meeting.arrive();
            for (int tries = 0; tries < Scene.TRIES && !r.r1; tries++) {
                r.r1 = scene.manager.claim(1, scene.transportB);
            }
        }

        @Actor
        public void create(ZL_Result r) {
            meeting.arrive();
            scene.create(1);
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }

    /** A destroy against the loss of the transport, which ends too. */
    @JCStressTest
    @Outcome(id = "true, created ended", expect = ACCEPTABLE, desc = "destroy -> gone")
    @Outcome(id = "false, created ended", expect = ACCEPTABLE, desc = "gone -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G8: ended, once, whoever ended it")
    @State
    public static class ExactDestroyVsGone {
        final Meeting meeting = new Meeting();
        final EventLog log = new EventLog();
        final Scene scene = new Scene(settings -> settings.listener(log));
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(ZL_Result r) {
            meeting.arrive();
            r.r1 = session.destroy();
        }

        @Actor
        public void gone(ZL_Result r) {
            meeting.arrive();
            scene.transportA.gone();
        }

        @Arbiter
        public void arbiter(ZL_Result r) {
            r.r2 = log.text();
        }
    }
}
