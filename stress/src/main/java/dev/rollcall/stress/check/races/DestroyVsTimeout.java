package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.check.SubjectRace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A client destroys its session while a sweep finds it idle for too long.
 */
@SubjectRace(proves = {Promise.ONE_END, Promise.COUNT_AT_REST, Promise.EVENTS})
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class DestroyVsTimeout {
    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private Answer destroyed;
    private int swept;

    public DestroyVsTimeout() {
        sample.makeDue(id);
    }

    @Actor
    public void destroy() {
        sample.meet();
        destroyed = sample.destroy(id);
    }

    @Actor
    public void timeout() {
        sample.meet();
        swept = sample.sweep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.find(id)) {
            return Promise.ONE_END.broken("destroy -> timeout; a lookup still finds it");
        }
        return sample.atRestEnded(destroyed, Sample.told(swept), id, "destroy -> timeout");
    }
}
