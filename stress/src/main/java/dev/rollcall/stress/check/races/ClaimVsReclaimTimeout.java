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
 * A session whose transport is gone is claimed while its reclaim timeout ends: one of the two wins.
 * As a claim need not be activity, the session is kept alive too, so that no idle timeout explains its end: before the
 * claim or, if the manager keeps no session alive that has no transport, after it.
 */
@SubjectRace(
        proves = {Promise.GRACE, Promise.COUNT_AT_REST},
        needs = SessionSubject.Reclaim.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ClaimVsReclaimTimeout {
    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);
    private Answer claimed;
    private Answer served;

    public ClaimVsReclaimTimeout() {
        sample.gone(Sample.A);
        sample.makeReclaimDue(id);
    }

    @Actor
    public void claim() {
        sample.meet();
        served = sample.revive(id);
        claimed = sample.claim(id, Sample.B);
        if (claimed == Answer.YES && served == Answer.NO) {
            served = sample.revive(id);
        }
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
        if (claimed == Answer.YES && served == Answer.YES && !sample.find(id)) {
            return Promise.GRACE.broken(
                    "the sweep finds the grace over -> claim succeeds -> the sweep ends the session");
        }
        if (claimed == Answer.YES && served == Answer.NO && !sample.find(id)) {
            // The sweep has undone the claim, or the session was idle for too long after it: nobody can tell.
            return Promise.GRACE.ifTold(Answer.UNTOLD, sample.atRest("claim -> timeout"));
        }
        return Promise.GRACE.ifTold(
                claimed == Answer.YES ? served : claimed,
                sample.atRest(claimed == Answer.YES ? "claim -> timeout" : "timeout -> claim refused"));
    }
}
