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
 * A sweep finds a session idle for too long while its transport is lost.
 */
@SubjectRace(
        proves = {Promise.ONE_END, Promise.ORPHANS, Promise.COUNT_AT_REST, Promise.EVENTS},
        needs = SessionSubject.Transports.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class TimeoutVsTransportGone {
    private final Sample sample = Sample.open();
    private final String id = sample.createOn(Sample.A);

    public TimeoutVsTransportGone() {
        sample.makeDue(id);
    }

    @Actor
    public void timeout() {
        sample.meet();
        sample.sweep();
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
            return Promise.ORPHANS.broken("timeout -> gone; the session is attached to the transport that is gone");
        }
        // With a reclaim timeout, a loss that was first gives the session its grace.
        String order = sample.find(id) ? "gone -> timeout" : "timeout -> gone";
        if (sample.outlivesItsTransport(id)) {
            return Promise.ONE_END.broken("timeout -> gone; a lookup still finds it, and nothing will end it");
        }
        return sample.atRestEnded(id, order);
    }
}
