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
 * A request is served with a session while another one destroys it: what has ended stays ended.
 */
@SubjectRace(
        proves = {Promise.ONE_END, Promise.COUNT_AT_REST, Promise.EVENTS},
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class KeepaliveVsDestroy {
    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private Answer served;

    @Actor
    public void keepAlive() {
        sample.meet();
        served = sample.keepAlive(id);
    }

    @Actor
    public void destroy() {
        sample.meet();
        sample.destroy(id);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.find(id)) {
            return Promise.ONE_END.broken("keepalive finds the session -> destroy ends it -> keepalive puts it back");
        }
        return sample.atRestEnded(id, Sample.order(served, "keepalive -> destroy", "destroy -> keepalive"));
    }
}
