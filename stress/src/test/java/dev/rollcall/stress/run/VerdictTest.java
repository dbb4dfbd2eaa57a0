package dev.rollcall.stress.run;

import static dev.rollcall.stress.run.JvmMode.C2_RANDOMIZED;
import static dev.rollcall.stress.run.JvmMode.TIERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Operation;
import dev.rollcall.stress.Reproduces;
import dev.rollcall.stress.lifecycle.DestroyVsTimeout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;

/** The verdict can go red, for every reason that it knows. */
class VerdictTest {
    private static final List<JvmMode> MODES = List.of(TIERED, C2_RANDOMIZED);
    private static final StressTest SOUND = test("sound", Kind.SCENARIO, null);
    private static final StressTest COUNTED = test("counted", Kind.ANOMALY, null);
    private static final StressTest CONTROL =
            test("control", Kind.CONTROL, DestroyVsTimeout.Control_CheckThenAct.class.getAnnotation(Reproduces.class));
    private static final Observed.Seen FINE = seen(60_000, 40_000, 0, 0);
    private static final Observed.Seen CAUGHT = seen(60_000, 40_000, 30, 0);

    @Test
    void of_allAsItShouldBe() {
        Verdict verdict = Verdict.of(
                List.of(SOUND, CONTROL),
                List.of(),
                Map.of(SOUND.name(), both(FINE), CONTROL.name(), both(CAUGHT)),
                MODES);

        assertThat(verdict.isGreen()).isTrue();
        assertThat(verdict.passed()).isEqualTo(2);
        assertThat(verdict.failed()).isZero();
    }

    /** Of 200,000 samples: (1 - 3 / 200,000) to that power is 5 percent. */
    @Test
    void noticesOnceIn_isTheRuleOfThree() {
        Verdict.Entry entry = entry(SOUND, both(FINE));
        double missed = Math.pow(1 - 1.0 / entry.noticesOnceIn(), 200_000);

        assertThat(entry.noticesOnceIn()).isEqualTo(66_666);
        assertThat(missed).isLessThan(0.05);
        assertThat(entry(SOUND, Observed.NOTHING).noticesOnceIn()).isZero();
    }

    @Test
    void of_noTestMatched() {
        assertThat(Verdict.of(List.of(), List.of(), Map.of(), MODES).isGreen()).isFalse();
    }

    @Test
    void of_pinnedTestThatIsMissing() {
        Verdict verdict = Verdict.of(
                List.of(SOUND), List.of("dev.rollcall.stress.count.X.Adder"), Map.of(SOUND.name(), both(FINE)), MODES);

        assertThat(verdict.isGreen()).isFalse();
        assertThat(verdict.failed()).isEqualTo(1);
        assertThat(VerdictJson.of(verdict, Profile.SHORT, 7))
                .contains("\"missing\": [\"dev.rollcall.stress.count.X.Adder\"]");
    }

    @Test
    void of_hostThatRanNothing() {
        assertThat(failures(SOUND, Observed.NOTHING))
                .contains("did not run in TIERED", "did not run in C2_RANDOMIZED")
                .contains("order [destroy first] seen 0 times in 0 samples");
    }

    @Test
    void of_hostThatTimedOut() {
        Observed.Seen timedOut = new Observed.Seen(List.of(), List.of("VM_ERROR: test host failed"));
        Verdict.Entry entry = entry(SOUND, modes(FINE, timedOut));

        assertThat(entry.failures()).contains("C2_RANDOMIZED: VM_ERROR: test host failed");
        assertThat(entry.again()).as("more samples mend nothing").isEmpty();
    }

    @Test
    void of_samplesOfOneModeOnly() {
        assertThat(failures(SOUND, modes(FINE, null))).containsExactly("did not run in C2_RANDOMIZED");
        assertThat(failures(SOUND, modes(seen(6_000_000, 4_000_000, 0, 0), seen(600, 399, 0, 0))))
                .containsExactly("took 999 samples in C2_RANDOMIZED");
    }

    @Test
    void of_testThatRanTwiceInOneMode_hasNotRunInTheOther() {
        assertThat(failures(SOUND, modes(FINE.plus(FINE), null))).containsExactly("did not run in C2_RANDOMIZED");
    }

    @Test
    void again_onlyIfMoreSamplesMayHelp_inTheModesThatLackThem() {
        assertThat(entry(SOUND, modes(FINE, seen(9, 8, 0, 0))).again()).containsExactly(C2_RANDOMIZED);
        assertThat(entry(SOUND, modes(FINE, seen(9, 8, 0, 1))).again()).isEmpty();
        assertThat(entry(CONTROL, both(FINE)).again()).containsExactlyInAnyOrder(TIERED, C2_RANDOMIZED);
        assertThat(entry(SOUND, both(FINE)).again()).isEmpty();
    }

    @Test
    void of_forbiddenOutcome() {
        assertThat(failures(SOUND, modes(FINE, seen(60_000, 40_000, 0, 1))))
                .containsExactly("forbidden outcome [broken] seen 1 times in C2_RANDOMIZED: G2: one end");
    }

    @Test
    void of_forbiddenOutcomeOfControl() {
        assertThat(failures(CONTROL, modes(CAUGHT, seen(60_000, 40_000, 30, 1))))
                .hasSize(1);
    }

    @Test
    void of_errorOfTheRun() {
        Observed.Seen timedOut = new Observed.Seen(FINE.outcomes(), List.of("TIMEOUT_ERROR: 30000 ms"));

        assertThat(failures(SOUND, modes(timedOut, FINE))).containsExactly("TIERED: TIMEOUT_ERROR: 30000 ms");
    }

    @Test
    void of_gradeThatIsNotKnown() {
        Observed.Seen unknown = FINE.plus(
                new Observed.Seen(List.of(new Observed.Outcome("x", Expect.UNKNOWN, 1, "ungraded")), List.of()));

        assertThat(failures(SOUND, both(unknown))).hasSize(2);
    }

    @Test
    void of_actorThatDoesNothing() {
        assertThat(failures(SOUND, both(seen(0, 100_000, 0, 0))))
                .containsExactly("order [destroy first] seen 0 times in 200000 samples");
    }

    @Test
    void of_orderThatWasSeenInOneModeOnly() {
        Verdict.Entry entry = entry(SOUND, modes(FINE, seen(100_000, 9, 0, 0)));

        assertThat(entry.failures())
                .containsExactly("order [timeout first] seen 9 times in 100009 samples in C2_RANDOMIZED");
        assertThat(entry.again()).containsExactly(C2_RANDOMIZED);
    }

    @Test
    void of_orderThatASlowModeLacks_needsOnlyBeSeenInAllTogether() {
        assertThat(failures(SOUND, modes(FINE, seen(9_990, 9, 0, 0)))).isEmpty();
    }

    @Test
    void of_orderThatNeedNotBeSeen() {
        StressTest rare = new StressTest(
                SOUND.name(), SOUND.file(), SOUND.kind(), SOUND.race(), SOUND.proves(), null, List.of("destroy first"));

        assertThat(failures(rare, both(seen(100_000, 0, 0, 0)))).isEmpty();
    }

    @Test
    void of_controlThatWasNotCaught() {
        assertThat(failures(CONTROL, both(FINE)))
                .containsExactly("control not caught, or too seldom (0 times in 100000 samples in TIERED,"
                        + " 0 times in 100000 samples in C2_RANDOMIZED): vertx-web #1748; jetty #14196");
    }

    @Test
    void of_controlThatIsCaughtOnceInTenMillion() {
        assertThat(failures(CONTROL, both(seen(6_000_000, 4_000_000, 1, 0)))).hasSize(1);
        assertThat(failures(CONTROL, both(seen(6_000_000, 4_000_000, 300, 0)))).hasSize(1);
        assertThat(failures(CONTROL, both(seen(6_000_000, 4_000_000, 334, 0)))).isEmpty();
        assertThat(failures(CONTROL, both(seen(600, 400, 9, 0))))
                .as("an accident")
                .hasSize(1);
    }

    @Test
    void of_controlThatIsCaughtInOneMode() {
        assertThat(failures(CONTROL, modes(FINE, CAUGHT))).isEmpty();
        assertThat(failures(CONTROL, modes(FINE, null))).contains("did not run in C2_RANDOMIZED");
    }

    @Test
    void of_documentedAnomalyThatIsNeverSeen() {
        assertThat(failures(COUNTED, both(FINE))).containsExactly("documented anomaly [odd] never seen: both");
        assertThat(failures(COUNTED, modes(FINE, CAUGHT))).isEmpty();
    }

    @Test
    void json_startsWithTheTotals() {
        String json = VerdictJson.of(
                Verdict.of(
                        List.of(SOUND, CONTROL),
                        List.of(),
                        Map.of(SOUND.name(), both(seen(60_000, 40_000, 0, 1)), CONTROL.name(), both(CAUGHT)),
                        MODES),
                Profile.SHORT,
                7);

        assertThat(json).startsWith("{\n  \"passed\": 1,\n  \"failed\": 1,\n");
        assertThat(json)
                .contains("\"reproduces\": \"vertx-web #1748; jetty #14196\"", "\"verdict\": \"failed\"")
                .contains("\"samples\": 200002,\n      \"noticesOnceIn\": 66667,")
                .contains("\"count\": 120000, \"required\": true, \"modes\": {\"TIERED\": 60000, \"C2_RANDOMIZED\":"
                        + " 60000}");
    }

    @Test
    void json_quotesWhatNeedsIt() {
        assertThat(VerdictJson.quoted("a\"b\\c\nd")).isEqualTo("\"a\\\"b\\\\c\\u000ad\"");
    }

    private static Verdict.Entry entry(StressTest test, Observed observed) {
        return Verdict.of(List.of(test), List.of(), Map.of(test.name(), observed), MODES)
                .entries()
                .get(0);
    }

    private static List<String> failures(StressTest test, Observed observed) {
        return entry(test, observed).failures();
    }

    private static Observed both(Observed.Seen seen) {
        return modes(seen, seen);
    }

    /** Null: it did not run in that mode. */
    private static Observed modes(Observed.Seen tiered, Observed.Seen randomized) {
        Map<JvmMode, Observed.Seen> modes = new EnumMap<>(JvmMode.class);
        modes.put(TIERED, tiered);
        if (randomized != null) {
            modes.put(C2_RANDOMIZED, randomized);
        }
        return new Observed(modes);
    }

    private static Observed.Seen seen(long destroyFirst, long timeoutFirst, long interesting, long forbidden) {
        return new Observed.Seen(
                List.of(
                        new Observed.Outcome("destroy first", Expect.ACCEPTABLE, destroyFirst, "destroy -> timeout"),
                        new Observed.Outcome("timeout first", Expect.ACCEPTABLE, timeoutFirst, "timeout -> destroy"),
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
                control,
                kind == Kind.CONTROL ? List.of() : List.of("destroy first", "timeout first"));
    }
}
