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
 * Two creates choose one id: one of them gets it.
 */
@SubjectRace(
        proves = {Promise.IDENTITY, Promise.COUNT_AT_REST},
        needs = SessionSubject.UniqueIds.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsCreate {
    private final Sample sample = Sample.open();
    private final String id = sample.newId();
    private Answer first;
    private Answer second;

    @Actor
    public void create() {
        sample.meet();
        first = sample.create(id);
    }

    @Actor
    public void createAgain() {
        sample.meet();
        second = sample.create(id);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (first == Answer.YES && second == Answer.YES) {
            return Promise.IDENTITY.broken(
                    "create(id) -> create(id); both succeed, and one of the two sessions is an orphan");
        }
        if (first == Answer.NO && second == Answer.NO) {
            return Promise.IDENTITY.broken("create(id) -> create(id); both are refused");
        }
        if (!sample.find(id)) {
            return Promise.IDENTITY.broken(
                    "create(id) succeeds -> create(id) refused, which takes the session of the first away");
        }
        Answer told = first == Answer.UNTOLD ? first : second;
        return Promise.IDENTITY.ifTold(told, sample.atRest("create(id) -> create(id) refused"));
    }
}
