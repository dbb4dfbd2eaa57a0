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
 * One client creates a session and destroys it; the count read beside it is never other than 0 or 1.
 */
@SubjectRace(proves = {Promise.COUNT_IN_MOTION, Promise.COUNT_AT_REST})
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CountBesideChurn {
    private final Sample sample = Sample.open();
    private long least;
    private long most;

    @Actor
    public void createThenDestroy() {
        sample.meet();
        sample.destroy(sample.create());
    }

    @Actor
    public void count() {
        sample.meet();
        least = sample.count();
        most = least;
        for (int reads = 0; reads < 4; reads++) {
            long count = sample.count();
            least = Math.min(least, count);
            most = Math.max(most, count);
        }
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (least < 0) {
            return Promise.COUNT_IN_MOTION.broken(
                    "with one session created and destroyed, the count is read below zero");
        }
        if (most > 1) {
            return Promise.COUNT_IN_MOTION.broken(
                    "with one session created and destroyed, the count is read above one");
        }
        return sample.atRest("create -> count -> destroy");
    }
}
