package dev.rollcall.stress.count;

import static dev.rollcall.stress.Guarantee.G1;
import static dev.rollcall.stress.Operation.COUNT;
import static dev.rollcall.stress.Operation.DESTROY;
import static dev.rollcall.stress.Operation.LOOKUP;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.CounterStrategy;
import dev.rollcall.Session;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Meeting;
import dev.rollcall.stress.Rare;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import dev.rollcall.stress.controls.JanusSessions;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JZ_Result;

/**
 * The count says that no session is left, and the lookup asked next still finds it.
 *
 * <p>Guarantee G1 for EXACT. ATOMIC promises the same much: it never under-counts, so what is found
 * was counted. The other two promise nothing against lookups. r1: the count. r2: the lookup that came
 * after it found the session.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t NotCountedButFound</pre>
 */
@Scenario(
        race = DESTROY,
        against = {COUNT, LOOKUP},
        proves = G1)
public final class NotCountedButFound {
    private NotCountedButFound() {}

    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "count -> find -> destroy")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "count -> destroy -> find")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "destroy -> count -> find")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is found was counted")
    @Rare("1, false")
    @State
    public static class Exact {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.EXACT);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(JZ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(JZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1; tries++) {
                r.r1 = scene.manager.count();
            }
            r.r2 = scene.finds(1);
        }
    }

    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "count -> find -> destroy")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "count -> destroy -> find")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "destroy -> count -> find")
    @Outcome(expect = FORBIDDEN, desc = "promise of ATOMIC: never under-counts")
    @Rare("1, false")
    @State
    public static class Atomic {
        final Meeting meeting = new Meeting();
        final Scene scene = new Scene(CounterStrategy.ATOMIC);
        final Session<Void> session = scene.create(1);

        @Actor
        public void destroy(JZ_Result r) {
            meeting.arrive();
            session.destroy();
        }

        @Actor
        public void lookup(JZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1; tries++) {
                r.r1 = scene.manager.count();
            }
            r.r2 = scene.finds(1);
        }
    }

    @Reproduces(mechanism = Mechanism.WEAK_READ, source = "a number beside a table, changed before the table is")
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "count -> find -> destroy")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "count -> destroy -> find")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "destroy -> count -> find")
    @Outcome(id = "0, true", expect = ACCEPTABLE_INTERESTING, desc = "decrement -> count -> find -> remove")
    @Outcome(expect = FORBIDDEN, desc = "G1: a session that is found was counted")
    @State
    public static class Control_DecrementFirst {
        final Meeting meeting = new Meeting();
        final JanusSessions sessions = JanusSessions.withSession(Policy.DECREMENT_FIRST, 1);

        @Actor
        public void destroy(JZ_Result r) {
            meeting.arrive();
            sessions.destroy(1);
        }

        @Actor
        public void lookup(JZ_Result r) {
            meeting.arrive();
            r.r1 = 1;
            for (int tries = 0; tries < Scene.TRIES && r.r1 == 1; tries++) {
                r.r1 = sessions.count();
            }
            r.r2 = sessions.find(1);
        }
    }
}
