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
 * A lookup misses a session that is being destroyed, and the count that is read next still has it.
 */
@SubjectRace(
        proves = {Promise.COUNT_IN_MOTION, Promise.COUNT_AT_REST},
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class GoneButStillCounted {
    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private boolean isGone;
    private long count;

    @Actor
    public void destroy() {
        sample.meet();
        sample.destroy(id);
    }

    @Actor
    public void lookup() {
        sample.meet();
        isGone = sample.missesSoon(id);
        count = sample.count();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (isGone && count > 0) {
            return Promise.COUNT_IN_MOTION.broken(
                    "destroy takes the session away -> a lookup misses it -> the count is read with it -> destroy counts it off");
        }
        return sample.atRest(isGone ? "destroy -> find -> count" : "find -> destroy");
    }
}
