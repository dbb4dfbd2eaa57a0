package dev.rollcall.stress.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    private static final String HOLDS = """
            Progress(12) at 2026-11-22: 38,095 states generated, 16,820 distinct states found, 4 left on queue.
            Model checking completed. No error has been found.
            123 states generated, 17,311 distinct states found, 0 states left on queue.
            """;

    private static String violates(String what) {
        return """
                Error: %s is violated.
                Error: The behavior up to this point is:
                State 1: <Initial predicate>
                State 2: <Next line 9>
                7 states generated, 5 distinct states found, 1 states left on queue.
                """.formatted(what);
    }

    @Test
    void of_modelThatHolds() {
        Outcome outcome = Outcome.of(0, HOLDS, List.of());
        assertThat(outcome).isEqualTo(new Outcome(Outcome.NO_ERROR, 17_311, 0));
        assertThat(outcome.confirms(sound())).isTrue();
        assertThat(outcome.confirms(variant("G5"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"12, Invariant G5", "13, Action property G5", "12, Action property G5"})
    void of_violatedProperty(int exitCode, String what) {
        Outcome outcome = Outcome.of(exitCode, violates(what), List.of());
        assertThat(outcome).isEqualTo(new Outcome("G5", 5, 2));
        assertThat(outcome.confirms(variant("G5"))).isTrue();
        assertThat(outcome.confirms(variant("G7")))
                .as("refuted by another property")
                .isFalse();
        assertThat(outcome.confirms(sound())).isFalse();
    }

    @Test
    void of_violatedTemporalProperty_isTheOnlyOneChecked() {
        String output = "Error: Temporal properties were violated.\nState 1: x\n5 distinct states found";
        assertThat(Outcome.of(13, output, List.of("Ends")).confirms(variant("Ends")))
                .isTrue();
        assertThat(Outcome.of(13, output, List.of("Ends", "Returns")).confirms(variant("Ends")))
                .as("TLC does not say which")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "11", "75", "150", "151", "153", "255", "137"})
    void of_anyOtherExitCode_confirmsNothing(int exitCode) {
        for (String output : List.of(HOLDS, violates("Invariant G5"), "")) {
            Outcome outcome = Outcome.of(exitCode, output, List.of("G5"));
            assertThat(outcome.confirms(sound())).isFalse();
            assertThat(outcome.confirms(variant("G5"))).isFalse();
        }
    }

    @Test
    void of_exitCodeWithoutItsWords_confirmsNothing() {
        assertThat(Outcome.of(0, "5 distinct states found", List.of()).confirms(sound()))
                .isFalse();
        assertThat(Outcome.of(12, HOLDS, List.of("G5")).confirms(variant("G5"))).isFalse();
        assertThat(Outcome.of(0, violates("Invariant G5"), List.of()).confirms(variant("G5")))
                .isFalse();
    }

    @Test
    void confirms_modelThatExploredNothing_isNoProof() {
        String output = "No error has been found.\n1 states generated, 1 distinct states found";
        assertThat(Outcome.of(0, output, List.of()).confirms(sound())).isFalse();
    }

    @Test
    void unfinished_confirmsNothing() {
        Outcome outcome = Outcome.unfinished(10, HOLDS);
        assertThat(outcome.found()).isEqualTo("no result within 10 min");
        assertThat(outcome.confirms(sound())).isFalse();
    }

    @Test
    void line_namesWhatWasExpected() {
        Outcome refuted = Outcome.of(12, violates("Invariant G5"), List.of());
        assertThat(new Checked(sound(), refuted, 1500).line())
                .startsWith("FAIL sound")
                .endsWith("5 states    1.5 s  G5, counterexample of 2 states, expected no error");
        assertThat(new Checked(variant("G5"), refuted, 1500).line())
                .startsWith("ok   variant")
                .contains("refuted by G5");
    }

    @Test
    void json_countsAndNamesFailures() {
        Outcome refuted = Outcome.of(12, violates("Invariant G5"), List.of());
        String json = SpecJson.of(
                List.of(
                        new Checked(sound(), Outcome.of(0, HOLDS, List.of()), 1),
                        new Checked(variant("G5"), refuted, 1),
                        new Checked(variant("G7"), refuted, 1)),
                false,
                2);
        assertThat(json).startsWith("{\n  \"passed\": 2,\n  \"failed\": 1,\n");
        assertThat(json).contains("\"expected\": \"G7\",\n      \"found\": \"G5\"");
        assertThat(json).contains("\"violated\": \"G5\"").contains("\"violated\": null");
    }

    private static Model sound() {
        return new Model("sound", Path.of("sound.cfg"), "M", false, null, "a story", List.of("G5"), List.of());
    }

    private static Model variant(String refutedBy) {
        return new Model("variant", Path.of("v.cfg"), "M", false, refutedBy, "a story", List.of(refutedBy), List.of());
    }
}
