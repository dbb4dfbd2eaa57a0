package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectCostsTest {
    private static final SubjectCosts COSTS =
            SubjectCosts.of(SampleResults.subjects()).orElseThrow();

    @Test
    void cost_measuredWell_isAMultipleOfTheMaps() {
        assertThat(COSTS.columns()).containsExactly("create + destroy", "keepalive");
        assertThat(COSTS.of("rollcall")).startsWith("2.00 [2.00, 2.00]");
        assertThat(COSTS.of("map-atomic")).startsWith("1");
        assertThat(COSTS.note())
                .contains("The map's own: create + destroy 107 [")
                .doesNotContain(", keepalive ");
    }

    /** A figure without its error would be read as one that is known. */
    @Test
    void cost_tooFewForksOrTooFarApart_isInconclusive() {
        assertThat(COSTS.of("rollcall").get(1)).isEqualTo("inconclusive");
        assertThat(COSTS.of("tomcat")).containsExactly("inconclusive", "—");
        assertThat(COSTS.of("com.example.YourAdapter")).containsExactly("—", "—");
    }

    @Test
    void costs_notMeasured_areNoTable() {
        assertThat(SubjectCosts.of(ResultsFile.none())).isEmpty();
        assertThat(SubjectCosts.of(SampleResults.results())).isEmpty();
    }

    @Test
    void markdown_hasARowForEachSubject() {
        assertThat(MarkdownTables.goals(List.of(SampleResults.subjects())))
                .contains("|  | create + destroy | keepalive |")
                .contains("| Rollcall | 2.00 [2.00, 2.00] | inconclusive |")
                .contains("| Tomcat StandardManager | inconclusive | — |")
                .endsWith("Command: `measure --subjects`\n");
    }
}
