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
 * A request arrives at the very sweep that finds the session idle for too long. If it is served, the session
 * lives on.
 */
@SubjectRace(
        proves = {Promise.KEEPALIVE, Promise.COUNT_AT_REST},
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class KeepaliveVsTimeout {
    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private Answer served;

    public KeepaliveVsTimeout() {
        sample.makeDue(id);
    }

    @Actor
    public void keepAlive() {
        sample.meet();
        served = sample.revive(id);
    }

    @Actor
    public void timeout() {
        sample.meet();
        sample.sweep();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (served == Answer.YES && !sample.find(id)) {
            return Promise.KEEPALIVE.broken(
                    "the sweep finds the session idle -> a request is served with it -> the sweep ends it");
        }
        return Promise.KEEPALIVE.ifTold(
                served, sample.atRest(served == Answer.YES ? "keepalive -> timeout" : "timeout -> keepalive"));
    }
}
