package dev.rollcall.stress.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.stress.Guarantee;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutantTest {
    private static final List<String> SAMPLE = List.of(
            "defect: it is off by one",
            "breaks: G1 G2",
            "invariants: S1",
            "real: seen often",
            "every-build: junit SomeTest#one",
            "main-job: junit SomeTest#two",
            "",
            "--- a/A.java",
            "     int i = 0;",
            "-    i++;",
            "+    i += 2;",
            "@@",
            "-    return i;",
            "+    return 0;");

    private static final String SOURCE = "{\n    int i = 0;\n    i++;\n    return i;\n}\n";

    @Test
    void parse_sample_hasAllOfIt() {
        Mutant mutant = Mutant.parse("sample", SAMPLE);

        assertThat(mutant.breaks()).containsExactly(Guarantee.G1, Guarantee.G2);
        assertThat(mutant.catchers(true)).containsExactly("junit SomeTest#one");
        assertThat(mutant.catchers(false)).containsExactly("junit SomeTest#one", "junit SomeTest#two");
        assertThat(mutant.files()).containsExactly("a/A.java");
    }

    @Test
    void applied_eachChangeOnce_changesThoseLinesOnly() {
        Mutant mutant = Mutant.parse("sample", SAMPLE);

        assertThat(mutant.applied("a/A.java", SOURCE)).isEqualTo("{\n    int i = 0;\n    i += 2;\n    return 0;\n}\n");
        assertThat(mutant.applied("a/B.java", SOURCE)).isEqualTo(SOURCE);
    }

    @Test
    void applied_sourceHasChanged_isRefusedByName() {
        assertInvalid(
                () -> Mutant.parse("sample", SAMPLE).applied("a/A.java", SOURCE.replace("i++", "++i")),
                "sample: does not apply to a/A.java");
    }

    @Test
    void applied_twoPlaces_isRefusedByName() {
        assertInvalid(
                () -> Mutant.parse("sample", SAMPLE).applied("a/A.java", SOURCE + SOURCE), "sample: is ambiguous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defect", "breaks", "invariants", "real"})
    void parse_keyIsMissing_isRefusedByName(String key) {
        List<String> lines = new ArrayList<>(SAMPLE);
        lines.removeIf(line -> line.startsWith(key));

        assertInvalid(() -> Mutant.parse("sample", lines), "sample: needs one line \"" + key);
    }

    @Test
    void parse_nobodyMustNotice_isRefused() {
        List<String> lines = new ArrayList<>(SAMPLE);
        lines.removeIf(line -> line.contains("junit"));

        assertInvalid(() -> Mutant.parse("sample", lines), "sample: says of nothing that it must notice");
    }

    @Test
    void parse_changeChangesNothing_isRefused() {
        List<String> lines = new ArrayList<>(SAMPLE.subList(0, 9));

        assertInvalid(() -> Mutant.parse("sample", lines), "sample: has a change that changes nothing");
        assertInvalid(() -> Mutant.parse("sample", SAMPLE.subList(0, 8)), "sample: changes nothing");
    }

    private static void assertInvalid(Runnable action, String message) {
        assertThatExceptionOfType(Mutant.InvalidException.class)
                .isThrownBy(action::run)
                .withMessageStartingWith(message);
    }
}
