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
 * Two creates, and room for one.
 */
@SubjectRace(
        proves = {Promise.LIMIT, Promise.COUNT_AT_REST},
        needs = SessionSubject.Limit.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsCreateAtLimit {
    private final Sample sample = Sample.open();
    private final String one = sample.newId();
    private final String other = sample.newId();
    private Answer first;
    private Answer second;

    public CreateVsCreateAtLimit() {
        sample.limitTo(1);
    }

    @Actor
    public void create() {
        sample.meet();
        first = sample.create(one);
    }

    @Actor
    public void createAnother() {
        sample.meet();
        second = sample.create(other);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.find(one) && sample.find(other)) {
            return Promise.LIMIT.broken("both creates see room for one -> both create; the limit is exceeded");
        }
        if (first == Answer.NO && second == Answer.NO) {
            return Promise.LIMIT.broken("both creates are refused, though there is room for one");
        }
        if (sample.isMissing(one, first) || sample.isMissing(other, second)) {
            return Promise.LIMIT.broken("create succeeds -> create refused, which takes the session of the first away");
        }
        return sample.atRest("create -> create refused");
    }
}
