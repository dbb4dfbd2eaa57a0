package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.report.Ratio.Goal;
import dev.rollcall.benchmarks.results.Metric;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static final Goal AT_LEAST_ONE = new Goal(1, true);

    @Test
    void judge_clearOfTheBound_isPlain() {
        assertThat(new Ratio(1.5, 0.1).judge(AT_LEAST_ONE)).isEqualTo("met");
        assertThat(new Ratio(0.5, 0.1).judge(AT_LEAST_ONE)).isEqualTo("missed");
    }

    @Test
    void judge_boundWithinTheError_saysSo() {
        assertThat(new Ratio(1.05, 0.1).judge(AT_LEAST_ONE)).isEqualTo("met, within error");
        assertThat(new Ratio(0.95, 0.1).judge(AT_LEAST_ONE)).isEqualTo("missed, within error");
    }

    @Test
    void judge_atMost_isTheOtherWayRound() {
        assertThat(new Ratio(1.5, 0.1).judge(new Goal(1.3, false))).isEqualTo("missed");
        assertThat(new Ratio(1.1, 0.1).judge(new Goal(1.3, false))).isEqualTo("met");
    }

    @Test
    void of_relativeErrors_addAsSquares() {
        Ratio ratio = Ratio.of(new Metric(10, 0.3, "", List.of()), new Metric(5, 0.2, "", List.of()));

        assertThat(ratio.value()).isEqualTo(2);
        assertThat(ratio.error()).isCloseTo(0.1, Offset.offset(1e-9));
    }
}
