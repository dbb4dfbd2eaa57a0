package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.lifecycle.DestroyVsTimeout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;

/** The verdict can go red, for every reason that it knows. */
class VerdictTest {
    private static final StressTest SOUND = test("sound", Kind.SCENARIO, null);
    private static final StressTest CONTROL =
            test("control", Kind.CONTROL, DestroyVsTimeout.Control_Janus130.class.getAnnotation(Reproduces.class));

    @Test
    void of_allAsItShouldBe() {
        Verdict verdict = judge(seen(2, 10_000, 0, 0), seen(2, 10_000, 3, 0));

        assertThat(verdict.isGreen()).isTrue();
        assertThat(verdict.passed()).isEqualTo(2);
        assertThat(verdict.failed()).isZero();
    }

    @Test
    void of_noTestMatched() {
        assertThat(Verdict.of(List.of(), Map.of(), 2).isGreen()).isFalse();
    }

    @Test
    void of_testThatDidNotRun() {
        Verdict verdict = Verdict.of(List.of(SOUND), Map.of(), 2);

        assertThat(verdict.isGreen()).isFalse();
        assertThat(verdict.entries().get(0).failures()).containsExactly("ran in 0 of 2 JVM modes", "took 0 samples");
    }

    @Test
    void of_testThatWasSkippedInOneMode() {
        assertThat(failuresOfSound(seen(1, 10_000, 0, 0))).containsExactly("ran in 1 of 2 JVM modes");
    }

    @Test
    void of_testWithoutSamples() {
        assertThat(failuresOfSound(seen(2, 0, 0, 0))).containsExactly("took 0 samples");
    }

    @Test
    void of_testWithTooFewSamples() {
        assertThat(failuresOfSound(seen(2, 999, 0, 0))).containsExactly("took 999 samples");
    }

    @Test
    void isShortOfSamples_onlyIfMoreSamplesMayHelp() {
        Verdict starved = judge(seen(2, 17, 0, 0), seen(2, 10_000, 0, 0));
        Verdict broken = judge(seen(2, 17, 0, 1), seen(2, 10_000, 3, 0));

        assertThat(starved.entries()).allMatch(Verdict.Entry::isShortOfSamples);
        assertThat(broken.entries()).noneMatch(Verdict.Entry::isShortOfSamples);
    }

    @Test
    void of_forbiddenOutcome() {
        assertThat(failuresOfSound(seen(2, 10_000, 0, 1)))
                .singleElement()
                .asString()
                .contains("forbidden outcome [broken] seen 1 times", "G2");
    }

    @Test
    void of_forbiddenOutcomeOfControl() {
        assertThat(judge(seen(2, 10_000, 0, 0), seen(2, 10_000, 3, 1)).failed()).isEqualTo(1);
    }

    @Test
    void of_errorOfTheRun() {
        Observed timedOut = new Observed(2, seen(2, 10_000, 0, 0).outcomes(), List.of("TIMEOUT_ERROR: 30000 ms"));

        assertThat(failuresOfSound(timedOut)).containsExactly("TIMEOUT_ERROR: 30000 ms");
    }

    @Test
    void of_gradeThatIsNotKnown() {
        Observed unknown =
                new Observed(2, List.of(new Observed.Outcome("x", Expect.UNKNOWN, 1_000, "ungraded")), List.of());

        assertThat(failuresOfSound(unknown)).hasSize(1);
    }

    @Test
    void of_controlThatWasNotCaught() {
        Verdict verdict = judge(seen(2, 10_000, 0, 0), seen(2, 10_000, 0, 0));

        assertThat(verdict.isGreen()).isFalse();
        assertThat(verdict.entries().get(1).failures())
                .containsExactly("control not caught in 10000 samples: janus-gateway #3526 (1.3.0)");
    }

    @Test
    void of_soundTestWithoutInterestingSamples() {
        assertThat(failuresOfSound(seen(2, 10_000, 0, 0))).isEmpty();
    }

    @Test
    void json_startsWithTheTotals() {
        String json = VerdictJson.of(judge(seen(2, 10_000, 0, 1), seen(2, 10_000, 3, 0)), Profile.SHORT, 7);

        assertThat(json).startsWith("{\n  \"passed\": 1,\n  \"failed\": 1,\n");
        assertThat(json).contains("\"reproduces\": \"janus-gateway #3526 (1.3.0)\"", "\"verdict\": \"failed\"");
    }

    @Test
    void json_quotesWhatNeedsIt() {
        assertThat(VerdictJson.quoted("a\"b\\c\nd")).isEqualTo("\"a\\\"b\\\\c\\u000ad\"");
    }

    private static Verdict judge(Observed sound, Observed control) {
        return Verdict.of(List.of(SOUND, CONTROL), Map.of(SOUND.name(), sound, CONTROL.name(), control), 2);
    }

    private static List<String> failuresOfSound(Observed sound) {
        return Verdict.of(List.of(SOUND), Map.of(SOUND.name(), sound), 2)
                .entries()
                .get(0)
                .failures();
    }

    private static Observed seen(int runs, long acceptable, long interesting, long forbidden) {
        return new Observed(
                runs,
                List.of(
                        new Observed.Outcome("fine", Expect.ACCEPTABLE, acceptable, "destroy -> timeout"),
                        new Observed.Outcome("odd", Expect.ACCEPTABLE_INTERESTING, interesting, "both"),
                        new Observed.Outcome("broken", Expect.FORBIDDEN, forbidden, "G2: one end")),
                List.of());
    }

    private static StressTest test(String name, Kind kind, Reproduces control) {
        return new StressTest(
                "dev.rollcall.stress.lifecycle." + name,
                DestroyVsTimeout.class,
                kind,
                List.of(Operation.DESTROY, Operation.TIMEOUT),
                List.of(Guarantee.G2),
                control);
    }
}
