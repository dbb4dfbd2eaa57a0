package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTablesTest {
    private static final ResultsFile FILE = SampleResults.results();

    @Test
    void goals_anyResults_showRatioIntervalGoalAndVerdict() {
        assertThat(MarkdownTables.goals(List.of(FILE)))
                .contains(
                        "| create + destroy, 1 k, 1 thread, to the bare map | 9.50 | 19.0 | 0.50 [0.49, 0.51] | 5 | ≥ 0.55 | missed |")
                .contains(
                        "| expiring a million, to the best peer with timers | 50.0 | 300 Caffeine | 6.00 [6.00, 6.00] | 5 | ≥ 5 | met |")
                .contains(
                        "| bytes of a session among a million of one transport | 85.8 | — | 85.8 [85.8, 85.8] | 5 | ≤ 72 | missed |")
                .containsPattern("to no counting \\| 9.50 \\| .* \\| inconclusive \\|")
                .doesNotContain("keepalive");
    }

    @Test
    void details_anyResults_showSubjectsAndConditions() {
        assertThat(MarkdownTables.details(FILE))
                .contains("|  | 1 k live, 1 thread | 1 M live, 1 thread |")
                .contains("| Rollcall, exact (default) | 9.50 [9.22, 9.78] | 2.00 [2.00, 2.00] |")
                .contains("| Caffeine | — | 0.50 [0.50, 0.50] |")
                .contains("| HashMap, one lock | 10.0 [10.0, 10.0] |")
                .contains("- pass 2: a cell never became steady: 1 2 3");
    }

    @Test
    void details_tooFewForks_areNoFigure() {
        assertThat(MarkdownTables.details(FILE)).doesNotContain("Keepalive by id");
    }

    @Test
    void details_anyResults_sayWhereTheyComeFrom() {
        assertThat(MarkdownTables.details(FILE))
                .endsWith("Machine: a machine. JDK: a JDK. Commit: abc. Finished: then. Command: `measure`\n");
    }

    @Test
    void details_forksWithProcessorsFarApart_areAnotherCondition() {
        assertThat(MarkdownTables.details(SampleResults.apart()))
                .contains("|  | 1 k live, 8 threads | 1 k live, 8 threads, far apart | 1 k live, 1 thread |")
                .contains("| 20.0 [20.0, 20.0] | 5.00 [5.00, 5.00] | 10.0 [10.0, 10.0] |")
                .contains(
                        "| 2 threads with 1 read/s | 20.0 [20.0, 20.0] |",
                        "| 2 threads with 1 read/s far apart | 5.00 [5.00, 5.00] |")
                .contains("\"Far apart\" are forks whose processors did not share a cache.");
    }

    /** A reader that falls behind leaves its writers alone: the table says so, and what a read took. */
    @Test
    void goals_ofCurves_showTooFewReadsAndTheirTime() {
        Cell point = Curves.cell(Subject.EXACT, Curves.WRITERS.get(2), 1_000_000);
        ResultsFile file = new ResultsFile(
                ResultsFile.none().run(),
                List.of(),
                List.of(new ResultsFile.Measured(
                        point,
                        Map.of(
                                Series.SCORE, new Series("ops/us", List.of(5.0, 5.0, 5.0)),
                                CountBenchmark.READS, new Series("ops/s", List.of(250_000.0, 250_000.0, 250_000.0)),
                                CountBenchmark.READ_NANOS, new Series("ns", List.of(4_000.0, 4_000.0, 4_000.0))))));

        assertThat(MarkdownTables.goals(List.of(file)))
                .containsSubsequence(
                        "| 8 threads with 1,000,000 reads/s | 5.00 [5.00, 5.00] (250,000 reads/s) |",
                        "| 8 threads with 1,000,000 reads/s | 4.00 µs [4.00, 4.00] |");
    }

    /** It might have been the best. */
    @Test
    void goals_peerWithoutFigure_isNamed() {
        Cell vertx = Cells.replace(Subject.VERTX, Cells.MANY, 1);
        ResultsFile file =
                new ResultsFile(FILE.run(), List.of("pass 1: " + vertx + " never became steady: 1 2 3"), FILE.cells());

        assertThat(MarkdownTables.goals(List.of(file)))
                .contains("| 0.80 Tomcat (no figure: Vert.x) | 2.50")
                .doesNotContain("Jetty");
        assertThat(MarkdownTables.goals(List.of(FILE))).contains("| 0.80 Tomcat | 2.50");
    }

    /** It has a figure of its own, but from other passes: it might be better than the one that is shown. */
    @Test
    void goals_peerWithTooFewPairs_isNamed() {
        ResultsFile file = withTomcat(200.0);

        assertThat(MarkdownTables.goals(List.of(file)))
                .contains("| 300 Caffeine (no figure: Tomcat) | 6.00 [6.00, 6.00] | 5 | ≥ 5 | inconclusive |");
        assertThat(MarkdownTables.goals(List.of(withTomcat(400.0))))
                .contains("| 300 Caffeine (no figure: Tomcat) | 6.00 [6.00, 6.00] | 5 | ≥ 5 | met |");
    }

    private static ResultsFile withTomcat(double millis) {
        return new ResultsFile(
                FILE.run(),
                List.of(),
                List.of(
                        SampleResults.score(Cells.expiry(Subject.EXACT), 50.0, 50.0, 50.0, 50.0, 50.0, null),
                        SampleResults.score(Cells.expiry(Subject.CAFFEINE), 300.0, 300.0, 300.0, 300.0, 300.0, null),
                        SampleResults.score(Cells.expiry(Subject.TOMCAT), millis, null, null, null, millis, millis)));
    }

    /** If nobody looked where the processors were, a row must not be taken for one of those that were near. */
    @Test
    void goals_distanceThatWasNotMeasured_isUnknown() {
        Cell eight = Cells.replace(Subject.EXACT, Cells.FEW, 8);
        ResultsFile.Measured one =
                SampleResults.score(Cells.replace(Subject.EXACT, Cells.FEW, 1), 10.0, 10.0, 10.0, 10.0, 10.0);
        Series score = new Series("ops/us", List.of(20.0, 20.0, 20.0, 20.0, 20.0));
        Series handover = new Series("ns", List.of(25.0, 25.0, 25.0, 25.0, 25.0));

        assertThat(goals(one, new ResultsFile.Measured(eight, Map.of(Series.SCORE, score))))
                .contains("| create + destroy, 1 k, 8 threads, to one alone, distance unknown | 20.0 | 10.0 |");
        assertThat(goals(one, new ResultsFile.Measured(eight, Map.of(Series.SCORE, score, Series.HANDOVER, handover))))
                .contains("| create + destroy, 1 k, 8 threads, to one alone | 20.0 | 10.0 |");
    }

    private static String goals(ResultsFile.Measured... cells) {
        return MarkdownTables.goals(List.of(new ResultsFile(FILE.run(), List.of(), List.of(cells))));
    }

    @Test
    void goals_comparisonWithoutGoal_hasNoVerdict() {
        ResultsFile file = new ResultsFile(
                FILE.run(),
                List.of(),
                List.of(
                        SampleResults.score(Cells.replace(Subject.EXACT, Cells.FEW, 1), 9.0, 9.0, 9.0, 9.0, 9.0),
                        SampleResults.score(
                                Cells.replace(Subject.STRIPED_MAP, Cells.FEW, 1), 18.0, 18.0, 18.0, 18.0, 18.0)));

        assertThat(MarkdownTables.goals(List.of(file)))
                .contains("to the striped map | 9.00 | 18.0 | 0.50 [0.50, 0.50] | 5 | — | — |");
    }

    @Test
    void details_ofNothing_haveNoTables() {
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
