package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SubjectRace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A lookup finds a session that is being created, and the count that is read next does not have it.
 */
@SubjectRace(
        proves = {Promise.COUNT_IN_MOTION, Promise.COUNT_AT_REST},
        needs = SessionSubject.OwnIds.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class FoundButNotCounted {
    private final Sample sample = Sample.open();
    private final String id = sample.newId();
    private boolean isFound;
    private long count;

    @Actor
    public void create() {
        sample.meet();
        sample.create(id);
    }

    @Actor
    public void lookup() {
        sample.meet();
        isFound = sample.findsSoon(id);
        count = sample.count();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (isFound && count < 1) {
            return Promise.COUNT_IN_MOTION.broken(
                    "create makes the session findable -> a lookup finds it -> the count is read without it -> create counts it");
        }
        return sample.atRest(isFound ? "create -> find -> count" : "find -> create");
    }
}
