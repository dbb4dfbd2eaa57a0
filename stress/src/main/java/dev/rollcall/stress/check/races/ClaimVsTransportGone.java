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
 * A session moves from A to B while A is lost: a claim that succeeds has moved it out of the reach of that loss.
 */
@SubjectRace(
        proves = {Promise.CLAIM, Promise.COUNT_AT_REST},
        needs = SessionSubject.Transports.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ClaimVsTransportGone {
    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);
    private Answer claimed;

    @Actor
    public void claim() {
        sample.meet();
        claimed = sample.claim(id, Sample.B);
    }

    @Actor
    public void gone() {
        sample.meet();
        sample.gone(Sample.A);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (claimed == Answer.YES && (!sample.find(id) || sample.attachedTo(Sample.B) != 1)) {
            return Promise.CLAIM.broken(
                    "gone of A takes up the session -> claim moves it to B and succeeds -> gone ends it");
        }
        return Promise.CLAIM.ifTold(
                claimed, sample.atRest(claimed == Answer.YES ? "claim -> gone of A" : "gone of A -> claim refused"));
    }
}
