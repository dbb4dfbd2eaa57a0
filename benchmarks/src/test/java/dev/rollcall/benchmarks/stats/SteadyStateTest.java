package dev.rollcall.benchmarks.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void start_steadyFromTheBeginning_isTheFirst() {
        assertThat(start("19.1 19.4 19.3 19.6 19.2 19.5")).hasValue(0);
    }

    /** The bare map in a heap that is touched for the first time. */
    @Test
    void start_slowUntilTheHeapIsTouched_isBehindThat() {
        assertThat(start("9.2 9.5 3.9 2.8 2.9 16.9 17.5 19.4 19.5")).hasValue(5);
    }

    @Test
    void start_onlyTheLastTwoAreAlike_isNowhere() {
        assertThat(start("9.2 9.5 3.9 2.8 2.9 8.0 12.0 19.4 19.5")).isEmpty();
    }

    @Test
    void start_everFaster_isNowhere() {
        assertThat(start("1 1.5 2.2 3.4 5 7.6 11 17 26")).isEmpty();
    }

    /** A slow ramp has neighbours that are alike, and halves that are not. */
    @Test
    void start_slowRamp_isNotTheFirst() {
        assertThat(start("10 11 12 13 14 15 16 17 18 19"))
                .satisfies(start -> assertThat(start.orElse(9)).isGreaterThan(2));
    }

    @Test
    void start_oneInFourDisturbed_isSteadyAllTheSame() {
        assertThat(start("10 10 4 10 10 10 10 5")).hasValue(0);
    }

    @Test
    void start_moreDisturbed_isNowhere() {
        assertThat(start("10 4 10 4 10 4 10 4 10")).isEmpty();
    }

    @Test
    void start_times_workAsSpeedsDo() {
        assertThat(start("400 180 71 69 70")).hasValue(2);
    }

    @Test
    void start_tooShort_isNowhere() {
        assertThat(start("10 10")).isEmpty();
        assertThat(start("")).isEmpty();
    }

    /** However noisy, within the tolerance there is nothing to wait for. */
    @Test
    void start_noiseWithinTheTolerance_isTheFirst() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            List<Double> series = random.doubles(10, 0.95, 1.05).boxed().toList();

            assertThat(SteadyState.start(series)).as("%s", series).hasValue(0);
        }
    }

    private static OptionalInt start(String series) {
        return SteadyState.start(
                series.isEmpty()
                        ? List.of()
                        : Arrays.stream(series.split(" ")).map(Double::valueOf).toList());
    }
}
