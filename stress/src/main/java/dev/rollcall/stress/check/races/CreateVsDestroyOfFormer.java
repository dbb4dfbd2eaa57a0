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
 * A session is destroyed while a create asks for its id: the end of the one leaves the other alone.
 */
@SubjectRace(
        proves = {Promise.IDENTITY, Promise.ONE_END, Promise.COUNT_AT_REST},
        needs = SessionSubject.UniqueIds.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsDestroyOfFormer {
    private final Sample sample = Sample.open();
    private final String id = sample.newId();
    private Answer created;

    public CreateVsDestroyOfFormer() {
        sample.create(id);
    }

    @Actor
    public void destroy() {
        sample.meet();
        sample.destroy(id);
    }

    @Actor
    public void create() {
        sample.meet();
        created = sample.create(id);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.isMissing(id, created)) {
            return Promise.IDENTITY.broken(
                    "create(id) succeeds beside the session of that id -> destroy of the former ends the new one");
        }
        if (created == Answer.NO && sample.find(id)) {
            return Promise.ONE_END.broken("create(id) refused -> destroy; a lookup still finds it");
        }
        return Promise.IDENTITY.ifTold(
                created,
                sample.atRest(created == Answer.NO ? "create(id) refused -> destroy" : "destroy -> create(id)"));
    }
}
