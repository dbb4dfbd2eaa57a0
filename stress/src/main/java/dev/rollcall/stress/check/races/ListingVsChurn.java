package dev.rollcall.stress.check.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rollcall.stress.check.Promise;
import dev.rollcall.stress.check.Sample;
import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SubjectRace;
import java.util.Collection;
import java.util.Collections;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A listing beside a create and a destroy: a session that is live all the while is listed once.
 */
@SubjectRace(
        proves = {Promise.LISTING, Promise.COUNT_AT_REST},
        needs = SessionSubject.Listing.class)
@JCStressTest
@Outcome(id = "BROKEN .*", expect = FORBIDDEN, desc = "a promise is broken")
@Outcome(id = "(?!BROKEN ).*", expect = ACCEPTABLE, desc = "an order of the operations explains it")
@State
public class ListingVsChurn {
    private final Sample sample = Sample.open();
    private final String id = sample.create();
    private Collection<String> listed;

    @Actor
    public void createThenDestroy() {
        sample.meet();
        sample.destroy(sample.create());
    }

    @Actor
    public void list() {
        sample.meet();
        listed = sample.list();
    }

    @Arbiter
    public void arbiter(L_Result r) {
        r.r1 = sample.judged(this::line);
    }

    private String line() {
        int times = Collections.frequency(listed, id);
        return times == 1
                ? sample.atRest("list beside create and destroy")
                : Promise.LISTING.broken("a session that was live all the while is listed " + times + " times");
    }
}
