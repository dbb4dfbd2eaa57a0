package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantaTest {
    private static final long SHORTEST_TICK = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_TICK = Duration.ofHours(1).toNanos();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1000, 1L << 30, Quanta.MAX - 1})
    void floorAndCeil_aroundAQuantum_roundDownAndUp(long quanta) {
        long nanos = quanta * Quanta.NANOS;
        assertThat(Quanta.floor(nanos)).isEqualTo(quanta);
        assertThat(Quanta.ceil(nanos)).isEqualTo(quanta);
        assertThat(Quanta.floor(nanos + 1)).isEqualTo(quanta);
        assertThat(Quanta.ceil(nanos + 1)).isEqualTo(quanta + 1);
        assertThat(Quanta.floor(nanos + Quanta.NANOS - 1)).isEqualTo(quanta);
        assertThat(Quanta.ceil(nanos + Quanta.NANOS - 1)).isEqualTo(quanta + 1);
    }

    /** The first tick by which a deadline has passed: one later and an end could be more than a tick late. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 22})
    void tickOf_aroundAStep_isTheNextTick(int stepShift) {
        Settings<String> settings = new Settings<>(
                "any", 0, 0, null, stepShift, 1, null, CounterStrategy.EXACT, null, true, () -> 1, null, null);
        for (long tick = 1; tick < 100; tick++) {
            long step = tick << stepShift;
            assertThat(settings.tickOf(step)).isEqualTo(tick);
            assertThat(settings.tickOf(step + 1)).isEqualTo(tick + 1);
            assertThat(settings.tickOf(step + (1L << stepShift))).isEqualTo(tick + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, Integer.MAX_VALUE - 1})
    void toCoarse_aroundAUnit_roundsDown(int units) {
        long quanta = Quanta.ofCoarse(units);
        assertThat(quanta).isEqualTo(units * 1024L);
        assertThat(Quanta.toCoarse(quanta)).isEqualTo(units);
        assertThat(Quanta.toCoarse(quanta + 1023)).isEqualTo(units);
        assertThat(Quanta.toCoarse(quanta + 1024)).isEqualTo(units + 1);
    }

    @Test
    void toCoarse_afterNineYears_staysTheLargest() {
        assertThat(Quanta.toCoarse(Quanta.MAX)).isEqualTo(Integer.MAX_VALUE);
        long year = Quanta.floor(Duration.ofDays(365).toNanos());
        assertThat(Quanta.toCoarse(9 * year)).isLessThan(Integer.MAX_VALUE);
    }

    @Test
    void floorAndCeil_largestReading_fitTheStateWord() {
        assertThat(Quanta.floor(Long.MAX_VALUE)).isEqualTo(Quanta.MAX);
        assertThat(Quanta.ceil(Long.MAX_VALUE)).isEqualTo(Quanta.MAX);
        assertThat(SessionState.time(SessionState.attached(Quanta.MAX))).isEqualTo(Quanta.MAX);
    }

    /**
     * What makes "one tick late at most" true to the nanosecond (G3): filing under the next step,
     * sweeping a step later, with a coarse clock a stride of two steps, and two roundings must fit
     * into a tick; and no smaller step would do as well, for the next power of two does not fit.
     */
    @Test
    void stepShift_everyTick_fitsStepsAndTwoQuantaIntoIt() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double fraction = i / 200_000.0;
            long tick = (long) (SHORTEST_TICK * Math.pow((double) LONGEST_TICK / SHORTEST_TICK, fraction));
            assertFits(tick);
            assertFits(Math.min(LONGEST_TICK, tick + random.nextInt(1000)));
        }
        assertFits(SHORTEST_TICK);
        assertFits(LONGEST_TICK);
        for (long quanta = 8; quanta < 10_000; quanta++) {
            assertFits(quanta * Quanta.NANOS);
            assertFits(quanta * Quanta.NANOS - 1);
            assertFits(quanta * Quanta.NANOS + 1);
        }
    }

    private static void assertFits(long tickNanos) {
        assertFits(tickNanos, 2, Quanta.stepShift(tickNanos));
        assertFits(tickNanos, 4, Quanta.coarseStepShift(tickNanos));
    }

    private static void assertFits(long tickNanos, int steps, int shift) {
        long length = steps * (Quanta.NANOS << shift);
        if (shift < 0 || length + 2 * Quanta.NANOS > tickNanos || 2 * length + 2 * Quanta.NANOS <= tickNanos) {
            throw new AssertionError("a tick of " + tickNanos + " ns has step shift " + shift);
        }
    }
}
