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
 * A session is claimed while a sweep finds it idle for too long: a claim that succeeds has a live session.
 */
@SubjectRace(
        proves = {Promise.CLAIM, Promise.COUNT_AT_REST},
        needs = SessionSubject.Transports.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ClaimVsTimeout {
    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);
    private Answer claimed;

    public ClaimVsTimeout() {
        sample.makeDue(id);
    }

    @Actor
    public void claim() {
        sample.meet();
        claimed = sample.claim(id, Sample.B);
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
        if (claimed == Answer.NO && sample.find(id)) {
            return Promise.CLAIM.broken("claim refused -> timeout; a lookup still finds it");
        }
        // Whether a claim counts as activity is the manager's affair: it may time out afterwards, but then it has
        // ended.
        if (!sample.find(id) && sample.attachedTo(Sample.A) + sample.attachedTo(Sample.B) != 0) {
            return Promise.CLAIM.broken("timeout ends the session -> claim attaches it all the same");
        }
        return sample.atRest(Sample.order(claimed, "claim -> timeout", "timeout -> claim refused"));
    }
}
