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
 * A transport is lost while a session is created on it: the session is refused, or it ends with its transport.
 */
@SubjectRace(
        proves = {Promise.ORPHANS, Promise.COUNT_AT_REST},
        needs = SessionSubject.Transports.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class CreateVsTransportGone {
    private final Sample sample = Sample.open();
    private String id;

    public CreateVsTransportGone() {
        sample.destroy(sample.createOn(Sample.A));
    }

    @Actor
    public void create() {
        sample.meet();
        id = sample.createOn(Sample.A);
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
        if (sample.attachedTo(Sample.A) != 0) {
            return Promise.ORPHANS.broken(
                    "gone ends what it finds -> create attaches its session to the transport that is gone");
        }
        if (id != null && sample.outlivesItsTransport(id)) {
            return Promise.ORPHANS.broken("gone ends what it finds -> create leaves a session that no loss will end");
        }
        return sample.atRest(id == null ? "gone -> create refused" : "create -> gone");
    }
}
