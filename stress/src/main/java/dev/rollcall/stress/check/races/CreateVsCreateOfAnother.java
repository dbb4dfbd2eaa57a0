package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SubjectRace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two creates that have nothing to do with each other: afterwards both sessions are there.
 */
@SubjectRace(proves = {Promise.ONE_END, Promise.COUNT_AT_REST})
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsCreateOfAnother {
    private final Sample sample = Sample.open();
    private String one;
    private String other;

    @Actor
    public void create() {
        sample.meet();
        one = sample.create();
    }

    @Actor
    public void createAnother() {
        sample.meet();
        other = sample.create();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (!sample.find(one) || !sample.find(other)) {
            return Promise.ONE_END.broken("create -> create; one of the two sessions is gone, though nobody ended it");
        }
        return sample.atRest("create -> create");
    }
}
