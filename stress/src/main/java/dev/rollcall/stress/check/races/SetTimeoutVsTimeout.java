package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.check.SubjectRace;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A session that is due is given more time beside the sweep: if it was given, the session lives on.
 */
@SubjectRace(
        proves = {Promise.KEEPALIVE, Promise.COUNT_AT_REST},
        needs = SessionSubject.SessionTimeouts.class,
        tellsOrder = true)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class SetTimeoutVsTimeout {
    /** More than any adapter makes a session older, even than since 1970; in seconds it fits an int. */
    private static final Duration LONG = Duration.ofDays(24_000);

    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private Answer given;

    public SetTimeoutVsTimeout() {
        sample.makeDue(id);
    }

    @Actor
    public void setTimeout() {
        sample.meet();
        given = sample.setTimeout(id, LONG);
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
        if (given == Answer.YES && !sample.find(id)) {
            return Promise.KEEPALIVE.broken(
                    "the sweep finds the session idle -> it is given more time -> the sweep ends it");
        }
        return Promise.KEEPALIVE.ifTold(
                given, sample.atRest(given == Answer.YES ? "setTimeout -> timeout" : "timeout -> setTimeout"));
    }
}
