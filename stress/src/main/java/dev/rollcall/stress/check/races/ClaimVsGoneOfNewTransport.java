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
 * A session is claimed onto B while B is lost: no session stays attached to B.
 */
@SubjectRace(
        proves = {Promise.ORPHANS, Promise.COUNT_AT_REST},
        needs = SessionSubject.Transports.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ClaimVsGoneOfNewTransport {
    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);
    private Answer claimed;

    public ClaimVsGoneOfNewTransport() {
        sample.destroy(sample.createOn(Sample.B));
    }

    @Actor
    public void claim() {
        sample.meet();
        claimed = sample.claim(id, Sample.B);
    }

    @Actor
    public void gone() {
        sample.meet();
        sample.gone(Sample.B);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        if (sample.attachedTo(Sample.B) != 0) {
            return Promise.ORPHANS.broken(
                    "gone of B ends what it finds -> claim attaches the session to B, which is gone");
        }
        if (claimed == Answer.YES && sample.outlivesItsTransport(id)) {
            return Promise.ORPHANS.broken(
                    "gone of B ends what it finds -> claim moves the session to B, and no loss will end it");
        }
        return sample.atRest(Sample.order(claimed, "claim -> gone of B", "gone of B -> claim refused"));
    }
}
