package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTablesTest {
    private static final ResultsFile FILE = new Gson().fromJson(SampleResults.json(), ResultsFile.class);

    @Test
    void of_results_showsScoresWithErrorsInTheSubjectsOrder() {
        assertThat(MarkdownTables.details(FILE)).contains("""
                        |  | 1 k live, 1 thread |
                        |---|--:|
                        | Rollcall, no counting (floor) | 10.0 ± 0.2 |
                        | Rollcall, exact (default) | 9.50 ± 0.25 |
                        | bare map + AtomicLong (floor) | 5.00 |
                        """);
    }

    @Test
    void of_results_showsRatiosWithErrorAndGoal() {
        assertThat(MarkdownTables.details(FILE))
                .contains("|  | 1 k live, 1 thread | goal |  |")
                .contains("| create + destroy: exact / no counting | 0.95 ± 0.03 | ≥ 0.95 | met, within error |")
                .contains("| create + destroy: exact / bare map | 1.90 | ≥ 1.0 | met |")
                .contains("| time of a keepalive by handle: exact / nanoTime | 1.25 ± 0.03 | ≤ 1.3 | met |");
    }

    @Test
    void of_results_showsReadersAndWriters() {
        assertThat(MarkdownTables.details(FILE))
                .contains("| Rollcall, exact (default) | 300 ± 0 | 700 ± 0 | 105 ± 0 | 100 ± 0 | 1.05 ± 0.00 |");
    }

    /** 15 milliseconds for 300 thousand. */
    @Test
    void of_sweepOfKeptAlive_showsNanosecondsPerSession() {
        assertThat(MarkdownTables.details(FILE)).contains("""
                        |  | 300 k live, 1 thread |
                        |---|--:|
                        | Rollcall, exact (default) | 50.0 ± 0.0 |
                        """);
    }

    @Test
    void of_results_saysWhereTheyComeFrom() {
        assertThat(MarkdownTables.details(FILE))
                .endsWith("Machine: a machine. JDK: a JDK. Commit: abc. Finished: then. Command: `measure`\n");
    }

    @Test
    void of_nothing_hasNoTables() {
        assertThat(MarkdownTables.details(ResultsFile.none())).doesNotContain("|");
    }

    @Test
    void goals_ofTwoFiles_areListedOneAfterTheOther() {
        assertThat(MarkdownTables.goals(List.of(FILE, FILE)))
                .containsSubsequence("**a JDK**", "| create + destroy", "**a JDK**", "| create + destroy");
    }

    @Test
    void goals_ofNothing_areNone() {
        assertThat(MarkdownTables.goals(List.of(ResultsFile.none()))).isEmpty();
    }

    @Test
    void table_rowOfWrongLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("title", "", List.of("", "one"), List.of(List.of("row"))));
    }
}
