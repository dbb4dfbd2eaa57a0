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
 * Two transports claim one session: in the end one of them has it.
 */
@SubjectRace(
        proves = {Promise.CLAIM, Promise.COUNT_AT_REST},
        needs = SessionSubject.Transports.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ClaimVsClaim {
    private static final String C = "C";

    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);

    @Actor
    public void claim() {
        sample.meet();
        sample.claim(id, Sample.B);
    }

    @Actor
    public void claimToo() {
        sample.meet();
        sample.claim(id, C);
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        long attached = sample.attachedTo(Sample.A) + sample.attachedTo(Sample.B) + sample.attachedTo(C);
        if (attached != 1) {
            return Promise.CLAIM.broken(
                    "claim by B -> claim by C; in the end " + attached + " transports have the session");
        }
        if (sample.attachedTo(Sample.A) != 0) {
            return Promise.CLAIM.broken("claim by B -> claim by C; neither moves the session");
        }
        return sample.atRest("claim -> claim");
    }
}
