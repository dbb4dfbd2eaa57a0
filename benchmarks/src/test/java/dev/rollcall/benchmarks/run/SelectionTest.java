package dev.rollcall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Provenance NOWHERE = new Provenance("", "", "", "", "");

    @Test
    void campaign_everyCell_isOfABenchmarkThatExists() {
        Set<String> listed = Smoke.listed();

        assertThat(listed).isNotEmpty();
        assertThat(Selection.campaign())
                .doesNotHaveDuplicates()
                .allMatch(cell -> listed.contains("dev.rollcall.benchmarks." + cell.benchmark()));
    }

    @Test
    void campaign_containsWhatTheReportShows() {
        assertThat(Selection.campaign()).containsAll(Selection.report());
    }

    @Test
    void campaign_leavesNoBenchmarkOut() {
        assertThat(Selection.campaign())
                .extracting(cell -> "dev.rollcall.benchmarks." + cell.benchmark())
                .containsAll(Smoke.listed());
    }

    @Test
    void missing_nothingMeasured_namesEveryCell() {
        assertThat(ReportRun.missing(new ResultsFile(NOWHERE, List.of()))).hasSameSizeAs(Selection.report());
    }

    @Test
    void missing_oneOfTwoMeasured_namesTheOther() {
        Cell measured = Cell.of("A.one", 2, "live", "10");
        Cell other = Cell.of("A.one", 1, "live", "10");
        Cell otherCollector = measured.in(Jvm.G1);
        Metric metric = new Metric(1, 0, "ops/us", List.of(List.of(1.0)));
        ResultsFile file = new ResultsFile(NOWHERE, List.of(measured("-XX:+UseParallelGC", metric)));

        assertThat(ReportRun.missing(List.of(measured, other, otherCollector), file))
                .containsExactly(
                        "A.one live=10 threads=1 was not measured", "A.one live=10 threads=2 G1 was not measured");
    }

    private static Measurement measured(String jvmArgument, Metric metric) {
        return new Measurement(
                "dev.rollcall.benchmarks.A.one", 2, List.of(jvmArgument), Map.of("live", "10"), metric, Map.of());
    }

    @Test
    void smoke_benchmarkWithoutResult_fails() {
        assertThat(Smoke.failures(Set.of("A.one"), List.of())).containsExactly("A.one gave no result");
        assertThat(Smoke.failures(Set.of(), List.of())).containsExactly("there are no benchmarks");
    }

    @Test
    void iterationMillis_anyBudget_staysInBounds() {
        List<Cell> cells = Selection.report();

        assertThat(InterleavedRun.iterationMillis(cells, 2, 1)).isEqualTo(200);
        assertThat(InterleavedRun.iterationMillis(cells, 2, 400)).isBetween(201L, 999L);
        assertThat(InterleavedRun.iterationMillis(cells, 2, 100_000)).isEqualTo(1_000);
    }
}
