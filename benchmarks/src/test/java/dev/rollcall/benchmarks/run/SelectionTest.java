package dev.rollcall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

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
    void report_everyCell_isOfABenchmarkThatExists() {
        Set<String> listed = Smoke.listed();

        assertThat(listed).isNotEmpty();
        assertThat(Selection.report())
                .doesNotHaveDuplicates()
                .allMatch(cell -> listed.contains("dev.rollcall.benchmarks." + cell.benchmark()));
    }

    @Test
    void missing_nothingMeasured_namesEveryCell() {
        assertThat(ReportRun.missing(new ResultsFile(NOWHERE, List.of()))).hasSameSizeAs(Selection.report());
    }

    @Test
    void missing_oneOfTwoMeasured_namesTheOther() {
        Cell measured = Cell.of("A.one", 2, "live", "10");
        Cell other = Cell.of("A.one", 1, "live", "10");
        Metric metric = new Metric(1, 0, "ops/us", List.of(List.of(1.0)));
        ResultsFile file = new ResultsFile(
                NOWHERE,
                List.of(new Measurement("dev.rollcall.benchmarks.A.one", 2, Map.of("live", "10"), metric, Map.of())));

        assertThat(ReportRun.missing(List.of(measured, other), file))
                .containsExactly("A.one live=10 threads=1 was not measured");
    }

    @Test
    void smoke_benchmarkWithoutResult_fails() {
        assertThat(Smoke.failures(Set.of("A.one"), List.of())).containsExactly("A.one gave no result");
        assertThat(Smoke.failures(Set.of(), List.of())).containsExactly("there are no benchmarks");
    }

    @Test
    void iterationMillis_anyBudget_staysInBounds() {
        assertThat(InterleavedRun.iterationMillis(50, 1)).isEqualTo(200);
        assertThat(InterleavedRun.iterationMillis(50, 300)).isBetween(201L, 999L);
        assertThat(InterleavedRun.iterationMillis(50, 100_000)).isEqualTo(1_000);
    }
}
