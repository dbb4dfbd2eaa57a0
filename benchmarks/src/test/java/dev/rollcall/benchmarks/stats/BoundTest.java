package dev.rollcall.benchmarks.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.stats.Bound.Verdict;
import org.junit.jupiter.api.Test;

class BoundTest {
    @Test
    void judge_wholeIntervalOnOneSide_isAVerdict() {
        assertThat(Bound.atLeast(1).judge(new Estimate(1.2, 1.0, 1.4, 5))).isEqualTo(Verdict.MET);
        assertThat(Bound.atLeast(1).judge(new Estimate(0.8, 0.7, 0.99, 5))).isEqualTo(Verdict.MISSED);
        assertThat(Bound.atMost(72).judge(new Estimate(71, 70, 72, 5))).isEqualTo(Verdict.MET);
        assertThat(Bound.atMost(72).judge(new Estimate(80, 73, 90, 5))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void judge_intervalAcrossTheLimit_isInconclusive() {
        assertThat(Bound.atLeast(1).judge(new Estimate(1.6, 0.9, 20, 5))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Bound.atMost(2).judge(new Estimate(1.6, 0.9, 2.1, 5))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void judge_tooFewForks_isInconclusiveHoweverNarrow() {
        assertThat(Bound.atLeast(1).judge(new Estimate(2, 1.9, 2.1, 4))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void judge_noBound_isNoVerdictHoweverManyForks() {
        assertThat(Bound.none().judge(new Estimate(2, 1.9, 2.1, 50))).isEqualTo(Verdict.NONE);
    }

    @Test
    void toString_anyBound_isShort() {
        assertThat(Bound.atLeast(1)).hasToString("≥ 1");
        assertThat(Bound.atLeast(0.95)).hasToString("≥ 0.95");
        assertThat(Bound.atMost(1_000)).hasToString("≤ 1,000");
        assertThat(Bound.none()).hasToString("—");
        assertThat(Verdict.INCONCLUSIVE).hasToString("inconclusive");
        assertThat(Verdict.NONE).hasToString("—");
    }
}
