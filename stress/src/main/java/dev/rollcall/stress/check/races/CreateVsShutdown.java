package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.check.SubjectRace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A session is created while the manager shuts down: afterwards there is none, and none can be created.
 */
@SubjectRace(
        proves = {Promise.CLOSE, Promise.COUNT_AT_REST},
        needs = SessionSubject.Shutdown.class,
        needsOwnManager = true,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsShutdown {
    private final Sample sample = Sample.open();
    private final String id = sample.newId();
    private Answer created;

    @Actor
    public void create() {
        sample.meet();
        created = sample.create(id);
    }

    @Actor
    public void shutdown() {
        sample.meet();
        sample.shutdown();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.find(id)) {
            return Promise.CLOSE.broken(
                    "create sees an open manager -> shutdown ends all it finds -> create adds a session");
        }
        if (sample.create(sample.newId()) == Answer.YES) {
            return Promise.CLOSE.broken("shutdown -> create; it succeeds");
        }
        return sample.atRest(Sample.order(created, "create -> shutdown", "shutdown -> create refused"));
    }
}
