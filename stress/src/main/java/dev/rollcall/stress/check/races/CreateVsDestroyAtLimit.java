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
 * The limit is reached. A session is destroyed while a create asks for room: afterwards there is room for one,
 * no more and no less.
 */
@SubjectRace(
        proves = {Promise.LIMIT, Promise.COUNT_AT_REST},
        needs = SessionSubject.Limit.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsDestroyAtLimit {
    private final Sample sample = Sample.open();
    private final String old = sample.newId();
    private final String one = sample.newId();
    private final String other = sample.newId();
    private Answer created;

    public CreateVsDestroyAtLimit() {
        sample.limitTo(1);
        sample.create(old);
    }

    @Actor
    public void destroy() {
        sample.meet();
        sample.destroy(old);
    }

    @Actor
    public void create() {
        sample.meet();
        created = sample.create(one);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        Answer again = sample.create(other);
        if (created == Answer.NO && again == Answer.NO) {
            return Promise.LIMIT.broken("create refused -> destroy -> create refused, though there is room again");
        }
        if (sample.find(one) && sample.find(other)) {
            return Promise.LIMIT.broken("destroy -> create -> create; the limit is exceeded");
        }
        if (sample.isMissing(one, created) || sample.isMissing(other, again)) {
            return Promise.LIMIT.broken("destroy -> create succeeds; a lookup does not find its session");
        }
        return sample.atRest(Sample.order(created, "destroy -> create", "create refused -> destroy"));
    }
}
