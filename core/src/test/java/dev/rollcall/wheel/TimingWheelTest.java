package dev.rollcall.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wheel alone, invariants W1–W5: a number is handed out no later than asked for, seldom earlier. */
class TimingWheelTest {
    private static final int NUMBERS = 2_000;
    private static final int NO_BUDGET = Integer.MAX_VALUE;

    /** Where a wheel may stand: at zero, around each level's turn, at odd places, near the end. */
    private static final long[] CLOCKS = {
        0,
        1,
        63,
        64,
        65,
        4_095,
        4_096,
        262_143,
        262_144,
        (1L << 24) - 1,
        1L << 30,
        (1L << 31) - 1,
        (1L << 32) - 1,
        3L << 30,
        (1L << 36) - 1,
        1L << 42,
        0x0000_5555_5555_5555L,
        0x0000_aaaa_aaaa_aaaaL,
        TimingWheel.MAX_TICK - 100_000,
    };

    private final TimingWheel wheel = new TimingWheel();

    /** What is wanted: as a shard knows each session's deadline. */
    private final Map<Integer, Long> wanted = new HashMap<>();

    private final List<Integer> due = new ArrayList<>();
    private final List<Integer> visits = new ArrayList<>();
    private final int[] next = new int[3];

    TimingWheelTest() {
        for (int number = 1; number <= NUMBERS; number++) {
            wheel.reserve(number);
        }
    }

    static LongStream clocks() {
        return LongStream.of(CLOCKS);
    }

    static Stream<Arguments> clocksAndSeeds() {
        return clocks().boxed().flatMap(clock -> Stream.of(Arguments.of(clock, 1L), Arguments.of(clock, 2L)));
    }

    private void file(int number, long tick) {
        wanted.put(number, tick);
        wheel.file(number, tick);
    }

    /** What is handed out next, as far as there is room for it. */
    private List<Integer> peek() {
        int count = wheel.peek(next);
        return IntStream.of(next).limit(count).boxed().toList();
    }

    /** Hands out as a shard does: what is not due after all is filed again. */
    private boolean advance(long now, int budget) {
        List<Integer> expected = peek();
        visits.clear();
        boolean more = wheel.advance(now, budget, number -> {
            visits.add(number);
            Long tick = wanted.get(number);
            if (tick != null && tick <= now) {
                wanted.remove(number);
                due.add(number);
            } else if (tick != null) {
                wheel.file(number, tick);
            }
        });
        assertThat(visits).hasSizeLessThanOrEqualTo(budget);
        int told = Math.min(expected.size(), budget);
        assertThat(visits.stream().limit(told).toList()).isEqualTo(expected.subList(0, told));
        assertThat(peek().isEmpty()).isNotEqualTo(more);
        return more;
    }

    private List<Integer> advance(long now) {
        due.clear();
        assertThat(advance(now, NO_BUDGET)).isFalse();
        return List.copyOf(due);
    }

    @ParameterizedTest
    @MethodSource("clocks")
    void advance_nothingFiled_handsOutNothing(long clock) {
        assertThat(advance(clock)).isEmpty();
        assertThat(wheel.elapsed()).isEqualTo(clock);
        assertThat(wheel.isFiledBy(1, TimingWheel.MAX_TICK)).isFalse();
    }

    /** From each clock, each distance that is special to some level: at its tick, not after. */
    @ParameterizedTest
    @MethodSource("clocks")
    void advance_oneNumber_handsItOutAtItsTick(long clock) {
        advance(clock);
        for (int level = 0; level < 6; level++) {
            long unit = 1L << (6 * level);
            for (long distance : new long[] {unit - 1, unit, unit + 1}) {
                long tick = wheel.elapsed() + distance;
                if (distance == 0 || tick > TimingWheel.MAX_TICK) {
                    continue;
                }
                file(1, tick);
                assertThat(wheel.isFiledBy(1, tick)).isTrue();
                assertThat(advance(tick - 1)).as("before %s", tick).isEmpty();
                assertThat(wheel.isFiledBy(1, tick)).isTrue();
                assertThat(advance(tick)).as("at %s", tick).containsExactly(1);
                assertThat(wheel.isFiledBy(1, tick)).isFalse();
                assertThat(wheel.elapsed()).isEqualTo(tick);
            }
        }
    }

    /** One visit per level at most, so that filing far ahead is not paid for with visits (G12). */
    @ParameterizedTest
    @MethodSource("clocks")
    void advance_oneNumberFarAhead_visitsItOncePerLevelAtMost(long clock) {
        advance(clock);
        long tick = Math.min(TimingWheel.MAX_TICK, clock + (1L << 29) + 12_345);
        file(1, tick);
        int sum = 0;
        for (long now = clock; now < tick; now += Math.max(1, (tick - now) / 3)) {
            assertThat(advance(now)).isEmpty();
            sum += visits.size();
        }
        assertThat(advance(tick)).containsExactly(1);
        assertThat(sum + visits.size()).isLessThanOrEqualTo(8);
    }

    @Test
    void file_largestTick_isHandedOutThen() {
        file(1, TimingWheel.MAX_TICK);
        assertThat(advance(TimingWheel.MAX_TICK - 1)).isEmpty();
        assertThat(wheel.isFiledBy(1, TimingWheel.MAX_TICK)).isTrue();
        assertThat(advance(TimingWheel.MAX_TICK)).containsExactly(1);
    }

    @Test
    void file_tickHasPassed_isDueAtTheNextAdvanceWhateverTheTime() {
        advance(1000);
        file(1, 1000);
        file(2, 3);
        file(3, 0);
        assertThat(advance(1000)).containsExactlyInAnyOrder(1, 2, 3);
        file(1, 999);
        wanted.put(1, 0L);
        assertThat(advance(10)).containsExactly(1);
        assertThat(wheel.elapsed()).isEqualTo(1000);
    }

    /**
     * A session idle for long without a timeout gets one: its tick is far in the past, however far
     * ahead it was filed before (W5: ticks are compared by the difference of 32 bits).
     */
    @ParameterizedTest
    @MethodSource("clocks")
    void file_filedFarAheadThenAskedForLongPassedTick_isDueAtOnce(long clock) {
        advance(clock);
        for (long before : new long[] {1, 1L << 20, 1L << 30, 1L << 31, 3L << 30, 1L << 32, clock}) {
            for (long ahead : new long[] {1, 1L << 20, 1L << 30, 1L << 40}) {
                long passed = Math.max(0, clock - before);
                wanted.clear();
                file(1, Math.min(TimingWheel.MAX_TICK, clock + ahead));
                file(1, passed);
                assertThat(wheel.isFiledBy(1, passed)).isTrue();
                assertThat(advance(clock)).as("%s ticks ago", before).containsExactly(1);
                assertThat(wheel.isFiledBy(1, passed)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clocks")
    void file_askedForTwice_theEarlierTickHolds(long clock) {
        advance(clock);
        if (clock + 400 > TimingWheel.MAX_TICK) {
            return;
        }
        file(1, clock + 300);
        file(1, clock + 100);
        assertThat(wheel.isFiledBy(1, clock + 100)).isTrue();
        assertThat(wheel.isFiledBy(1, clock + 99)).isFalse();
        wheel.file(1, clock + 200);
        assertThat(wheel.isFiledBy(1, clock + 100)).isTrue();
        assertThat(advance(clock + 100)).containsExactly(1);
        assertThat(advance(clock + 400)).isEmpty();
        assertThat(visits).isEmpty();
    }

    /** An ended session's number stays filed; the next session there is not handed out before its tick. */
    @Test
    void advance_numberHasANewOwnerWithALaterTick_isDueOnlyThen() {
        file(1, 100);
        wanted.remove(1);
        file(1, 500);
        assertThat(advance(499)).isEmpty();
        assertThat(advance(500)).containsExactly(1);
        file(2, 600);
        wanted.remove(2);
        assertThat(advance(1000)).isEmpty();
        assertThat(wheel.isFiledBy(2, TimingWheel.MAX_TICK)).isFalse();
    }

    @Test
    void advance_timeGoesBack_elapsedDoesNot() {
        advance(500);
        assertThat(advance(400)).isEmpty();
        assertThat(wheel.elapsed()).isEqualTo(500);
    }

    /** First, middle and last of a bucket's list leave it for an earlier tick. */
    @ParameterizedTest
    @MethodSource("clocks")
    void file_earlierFromAnyPlaceInAList_leavesTheOthers(long clock) {
        advance(clock);
        for (long distance : new long[] {7, 700}) {
            for (int moved = 1; moved <= 3; moved++) {
                long tick = wheel.elapsed() + distance;
                for (int number = 1; number <= 3; number++) {
                    file(number, tick);
                }
                file(moved, tick - 2);
                List<Integer> others = new ArrayList<>(List.of(1, 2, 3));
                others.remove(Integer.valueOf(moved));
                assertThat(advance(tick - 2)).containsExactly(moved);
                assertThat(advance(tick)).containsExactlyInAnyOrderElementsOf(others);
            }
        }
    }

    /** The last number that leaves a bucket clears its bit (W2): nothing is left to visit there. */
    @Test
    void file_lastOfABucketLeaves_bucketIsEmpty() {
        String empty = wheel.toString();
        for (int number = 1; number <= 300; number++) {
            file(number, (long) number * number * number);
        }
        assertThat(wheel.toString()).isNotEqualTo(empty);
        for (int number = 1; number <= 300; number++) {
            file(number, 0);
        }
        assertThat(wheel).hasToString(empty);
        assertThat(advance(0)).hasSize(300);
    }

    @Test
    void advance_budgetSpent_saysSoAndGoesOnNextTime() {
        for (int number = 1; number <= 10; number++) {
            file(number, 5);
        }
        assertThat(advance(100, 4)).isTrue();
        assertThat(due).hasSize(4);
        assertThat(wheel.elapsed()).isEqualTo(5);
        assertThat(advance(100, 4)).isTrue();
        assertThat(advance(100, 4)).isFalse();
        assertThat(due).hasSize(10).doesNotHaveDuplicates();
        assertThat(wheel.elapsed()).isEqualTo(100);
    }

    /** Between two batches a number may be filed and others asked for earlier. */
    @Test
    void file_betweenTwoBatches_isHandedOutToo() {
        for (int number = 1; number <= 10; number++) {
            file(number, 64);
        }
        assertThat(advance(100, 4)).isTrue();
        file(11, 64);
        file(12, 65);
        file(13, 101);
        assertThat(advance(100, NO_BUDGET)).isFalse();
        assertThat(due).hasSize(12).contains(11, 12).doesNotContain(13);
        assertThat(advance(101)).containsExactly(13);
    }

    /** A coarse bucket has come and is half handed out: its first number is not due and now wanted earlier. */
    @Test
    void file_firstNumberOfABucketBeingHandedOut_leavesItForTheEarlierTick() {
        file(1, 100);
        file(2, 101);
        assertThat(advance(64, 0)).isTrue();
        file(2, 70);
        assertThat(advance(69)).isEmpty();
        assertThat(advance(70)).containsExactly(2);
        assertThat(advance(100)).containsExactly(1);
    }

    @Test
    void advance_budgetZero_handsOutNothing() {
        file(1, 5);
        assertThat(advance(10, 0)).isTrue();
        assertThat(due).isEmpty();
        assertThat(advance(10)).containsExactly(1);
    }

    @Test
    void peek_moreThanThereIsRoomFor_tellsTheFirstOnesAndHandsOutNone() {
        for (int number = 1; number <= 10; number++) {
            file(number, 5);
        }
        assertThat(peek()).isEmpty();
        assertThat(advance(4, 0)).isFalse();
        assertThat(advance(10, 0)).isTrue();
        List<Integer> told = peek();
        assertThat(told).hasSize(3).doesNotHaveDuplicates().isEqualTo(peek());
        assertThat(advance(10, 8)).isTrue();
        assertThat(due).hasSize(8).startsWith(told.toArray(Integer[]::new));
        assertThat(peek()).hasSize(2).doesNotContainAnyElementsOf(due);
        assertThat(advance(10)).hasSize(2);
    }

    @Test
    void advance_overManyBuckets_handsOutInOrderOfTicks() {
        List<Integer> expected = new ArrayList<>();
        for (int number = 64; number >= 1; number--) {
            expected.add(number);
        }
        expected.forEach(number -> file(number, 65 - number));
        assertThat(advance(1 << 20)).isEqualTo(expected);
    }

    /**
     * Files, moves earlier and later, forgets and advances at random, with random budgets, against a
     * map from number to tick: what was due by then, and nothing else, has come out after each advance.
     */
    @ParameterizedTest(name = "clock {0}, seed {1}")
    @MethodSource("clocksAndSeeds")
    void everyOperation_randomSequence_agreesWithAMap(long clock, long seed) {
        advance(clock);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            int number = 1 + random.nextInt(NUMBERS);
            int choice = random.nextInt(20);
            if (choice < 12) {
                long tick = Math.min(TimingWheel.MAX_TICK, wheel.elapsed() + distance(random));
                wanted.merge(number, tick, Math::min);
                wheel.file(number, wanted.get(number));
            } else if (choice < 14) {
                // A keepalive: later, and the wheel is not told.
                wanted.computeIfPresent(
                        number, (same, tick) -> Math.min(TimingWheel.MAX_TICK, tick + distance(random)));
            } else if (choice < 16) {
                wanted.remove(number);
            } else {
                long now = Math.min(TimingWheel.MAX_TICK, wheel.elapsed() + distance(random) / 4);
                advanceAndCompare(now, 1 + random.nextInt(40), "clock " + clock + ", seed " + seed + ", step " + i);
            }
            Long tick = wanted.get(number);
            if (tick != null && !wheel.isFiledBy(number, tick)) {
                assertThat(wheel.isFiledBy(number, tick))
                        .as("seed %s, step %s", seed, i)
                        .isTrue();
            }
        }
        long last = wanted.values().stream().mapToLong(Long::longValue).max().orElse(0);
        advanceAndCompare(Math.max(last, wheel.elapsed()), 100, "the end");
        assertThat(wanted).isEmpty();
    }

    private void advanceAndCompare(long now, int budget, String when) {
        TreeSet<Integer> expected = new TreeSet<>();
        wanted.forEach((number, tick) -> {
            if (tick <= now) {
                expected.add(number);
            }
        });
        due.clear();
        boolean more = true;
        while (more) {
            more = advance(now, budget);
        }
        assertThat(wheel.elapsed()).as(when).isEqualTo(now);
        assertThat(due).as(when).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(due)).as(when).isEqualTo(expected);
    }

    /** Every magnitude up to sixteen times the farthest, equally often, zero among them. */
    private static long distance(Random random) {
        return random.nextLong() >>> (30 + random.nextInt(34));
    }

    /** Of a manager that is closed, whose sweeps and audits may still be under way. */
    @Test
    void clear_numbersFiled_handsOutNone() {
        TimingWheel cleared = new TimingWheel();
        cleared.reserve(2);
        cleared.file(1, 5);
        cleared.file(2, 5_000);
        assertThat(cleared.advance(5, 0, number -> {})).isTrue();
        assertThat(cleared.peek(new int[2])).isEqualTo(1);
        cleared.clear();
        List<Integer> handedOut = new ArrayList<>();
        assertThat(cleared.peek(new int[2])).isZero();
        assertThat(cleared.nextTick()).isEqualTo(Long.MAX_VALUE);
        assertThat(cleared.isFiledBy(2, 1L << 30)).isFalse();
        assertThat(cleared.advance(1L << 30, NO_BUDGET, handedOut::add)).isFalse();
        assertThat(handedOut).isEmpty();
    }
}
