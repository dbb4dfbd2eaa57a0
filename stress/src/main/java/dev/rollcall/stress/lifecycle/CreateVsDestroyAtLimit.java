package dev.rollcall.stress.lifecycle;

import static dev.rollcall.stress.Guarantee.G9;
import static dev.rollcall.stress.Operation.CREATE;
import static dev.rollcall.stress.Operation.DESTROY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.Session;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.Scene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The limit is reached, a session ends and another one is created. The permit of the first goes
 * to the second or to the next, and to one of them only.
 *
 * <p>Guarantee G9, invariant S6 of the shard. r1: what the create was told. r2: what a create
 * after both is told. r3: what a create after that is told.
 *
 * <pre>java -jar stress/target/rollcall-stress.jar -t CreateVsDestroyAtLimit</pre>
 */
@Scenario(
        race = {CREATE, DESTROY},
        proves = G9)
public final class CreateVsDestroyAtLimit {
    private CreateVsDestroyAtLimit() {}

    @JCStressTest
    @Outcome(id = "created, LIMIT_REACHED, LIMIT_REACHED", expect = ACCEPTABLE, desc = "destroy -> create")
    @Outcome(id = "LIMIT_REACHED, created, LIMIT_REACHED", expect = ACCEPTABLE, desc = "create -> destroy")
    @Outcome(expect = FORBIDDEN, desc = "G9: every permit is given back, once")
    @State
    public static class Exact {
        final Scene scene = new Scene(settings -> settings.maxSessions(1));
        final Session<Void> session = scene.create(1);

        @Actor
        public void create(LLL_Result r) {
            r.r1 = scene.tryCreate(2, scene.transportA);
        }

        @Actor
        public void destroy(LLL_Result r) {
            session.destroy();
        }

        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = scene.tryCreate(3, scene.transportA);
            r.r3 = scene.tryCreate(4, scene.transportA);
        }
    }
}
