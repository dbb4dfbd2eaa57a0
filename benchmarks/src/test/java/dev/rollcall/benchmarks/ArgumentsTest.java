package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.benchmarks.run.Selection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void isOwn_jmhOptions_areLeftToJmh() {
        assertThat(Arguments.isOwn("--smoke")).isTrue();
        assertThat(Arguments.isOwn("-h")).isFalse();
        assertThat(Arguments.isOwn("LifecycleBenchmark")).isFalse();
    }

    @Test
    void parse_report_takesFoldersAndSeconds() {
        Arguments arguments =
                Arguments.parse(new String[] {"--report", "--stress-results", "in", "--out", "out", "--seconds", "5"});

        assertThat(arguments)
                .isEqualTo(new Arguments(
                        Arguments.Mode.REPORT,
                        List.of(),
                        Path.of("in"),
                        Path.of("out"),
                        5,
                        Selection.EVERYTHING,
                        false));
    }

    @Test
    void parse_measure_takesWhatToMeasure() {
        Arguments goals =
                Arguments.parse(new String[] {"--measure", "a.json", "--goals", "--seconds", "5", "--allow-changes"});

        assertThat(goals.selection()).isEqualTo(Selection.GOALS);
        assertThat(goals.seconds()).isEqualTo(5);
        assertThat(goals.allowsChanges()).isTrue();
        assertThat(Arguments.parse(new String[] {"--measure", "a.json", "--headlines"})
                        .selection())
                .isEqualTo(Selection.HEADLINES);
        assertThat(Arguments.parse(new String[] {"--measure", "a.json", "--curves"})
                        .selection())
                .isEqualTo(Selection.CURVES);
        assertThat(Arguments.parse(new String[] {"--measure", "a.json"}))
                .extracting(Arguments::selection, Arguments::allowsChanges)
                .containsExactly(Selection.EVERYTHING, false);
    }

    @Test
    void parse_tables_takesFiles() {
        assertThat(Arguments.parse(new String[] {"--tables", "a.json", "b.json"})
                        .files())
                .containsExactly(Path.of("a.json"), Path.of("b.json"));
    }

    @Test
    void parse_badOptions_areRefusedByName() {
        assertRefused("--report needs", "--report", "--out", "out");
        assertRefused("--seconds must be", "--measure", "a.json", "--seconds", "0");
        assertRefused("--seconds must be", "--measure", "a.json", "--seconds", "soon");
        assertRefused("--seconds needs a value", "--measure", "a.json", "--seconds");
        assertRefused("--tables needs a value", "--tables");
        assertRefused("--picture needs --out", "--picture", "a.json");
        assertRefused("unknown option --fast", "--smoke", "--fast", "yes");
    }

    private static void assertRefused(String message, String... args) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(args))
                .withMessageContaining(message);
    }
}
