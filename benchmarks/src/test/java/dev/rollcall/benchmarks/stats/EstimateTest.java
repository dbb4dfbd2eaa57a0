package dev.rollcall.benchmarks.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final int CAMPAIGNS = 4_000;
    private static final int PASSES = 5;

    @Test
    void of_equalNumbers_isThatWithoutWidth() {
        assertThat(Estimate.of(List.of(72.0, 72.0, 72.0))).hasValueSatisfying(estimate -> {
            assertThat(estimate.value()).isCloseTo(72, within(1e-9));
            assertThat(estimate.low()).isCloseTo(72, within(1e-9));
            assertThat(estimate.high()).isCloseTo(72, within(1e-9));
            assertThat(estimate.forks()).isEqualTo(3);
        });
    }

    /** The logarithms are -1, 0 and 1 times ln 2; Student's quantile for three is 4.303. */
    @Test
    void of_threeNumbers_isTheGeometricMeanWithStudentsInterval() {
        assertThat(Estimate.of(List.of(0.5, 1.0, 2.0))).hasValueSatisfying(estimate -> {
            assertThat(estimate.value()).isCloseTo(1, within(1e-9));
            assertThat(Math.log(estimate.high())).isCloseTo(4.3027 * Math.log(2) / Math.sqrt(3), within(1e-3));
            assertThat(estimate.low() * estimate.high()).isCloseTo(1, within(1e-9));
        });
    }

    @Test
    void of_tooFewNumbers_isNothing() {
        assertThat(Estimate.of(List.of())).isEmpty();
        assertThat(Estimate.of(Arrays.asList(1.0, null, 1.0, null))).isEmpty();
        assertThat(Estimate.of(List.of(1.0, 1.0, 0.0))).isEmpty();
    }

    /** Each pass is twice as fast as the other, however fast the machine was in it. */
    @Test
    void ofRatio_machineThatChanges_comparesWithinThePass() {
        assertThat(Estimate.ofRatio(List.of(2.0, 20.0, 6.0), List.of(1.0, 10.0, 3.0)))
                .hasValueSatisfying(ratio -> {
                    assertThat(ratio.low()).isCloseTo(2, within(1e-9));
                    assertThat(ratio.high()).isCloseTo(2, within(1e-9));
                });
    }

    @Test
    void ofRatio_passWithOneOfTwo_isLeftOutAndShiftsNothing() {
        assertThat(Estimate.ofRatio(Arrays.asList(2.0, null, 6.0, 8.0, 9.0), Arrays.asList(1.0, 10.0, 3.0, 4.0)))
                .hasValueSatisfying(ratio -> {
                    assertThat(ratio.forks()).isEqualTo(3);
                    assertThat(ratio.value()).isCloseTo(2, within(1e-9));
                });
    }

    @Test
    void of_fiveLogNormalNumbers_containsTheTruthAsOftenAsStated() {
        Random random = new Random(11);

        assertThat(coverage(() -> Math.exp(0.2 * random.nextGaussian()))).isBetween(0.94, 0.96);
    }

    /** One number in ten is disturbed: it is wide then, not wrong. */
    @Test
    void of_fiveNumbersWithOutliers_containsTheTruthAsOftenAsStated() {
        Random random = new Random(12);

        assertThat(coverage(() -> Math.exp((random.nextInt(10) == 0 ? 0.8 : 0.08) * random.nextGaussian())))
                .isGreaterThan(0.95);
    }

    /** The control: the usual bootstrap would promise too much, and the simulation shows it. */
    @Test
    void percentileBootstrap_ofFiveNumbers_isTooNarrow() {
        Random random = new Random(13);
        int hits = 0;
        for (int campaign = 0; campaign < CAMPAIGNS / 4; campaign++) {
            double[] logs =
                    random.doubles(PASSES).map(unused -> random.nextGaussian()).toArray();
            double[] means = new double[400];
            for (int i = 0; i < means.length; i++) {
                means[i] = random.ints(PASSES, 0, PASSES)
                        .mapToDouble(index -> logs[index])
                        .average()
                        .orElseThrow();
            }
            Arrays.sort(means);
            hits += means[10] <= 0 && 0 <= means[389] ? 1 : 0;
        }

        assertThat(hits / (CAMPAIGNS / 4.0)).isLessThan(0.9);
    }

    /** How often the interval of so many passes contains the true geometric mean, which is 1. */
    private static double coverage(Supplier<Double> number) {
        int hits = 0;
        for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
            List<Double> passes = new ArrayList<>();
            for (int pass = 0; pass < PASSES; pass++) {
                passes.add(number.get());
            }
            Estimate estimate = Estimate.of(passes).orElseThrow();
            hits += estimate.low() <= 1 && 1 <= estimate.high() ? 1 : 0;
        }
        return (double) hits / CAMPAIGNS;
    }
}
