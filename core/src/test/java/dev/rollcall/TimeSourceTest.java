package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The coarse clock (G3): nothing early whatever is delayed, nothing late with sweeps on time. */
class TimeSourceTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int STEP_SHIFT = Quanta.coarseStepShift(TICK.toNanos());
    private static final long STEP = Quanta.NANOS << STEP_SHIFT;
    private static final long STRIDE = 2 * STEP;

    /** An activity: when it was, and what is on record. */
    private record Activity(long nanos, long quanta) {}

    /** A ticker that is slow to answer: time passes, and activities happen, while it does. */
    private static final class SlowTicker implements Ticker {
        private final Random random;
        private final long origin;
        private final List<Activity> activities = new ArrayList<>();
        private TimeSource time;
        private long now;

        SlowTicker(Random random, long origin) {
            this.random = random;
            this.origin = origin;
        }

        @Override
        public long nanos() {
            pass();
            long reading = now;
            pass();
            return origin + reading;
        }

        void pass() {
            for (int i = random.nextInt(4); i > 0; i--) {
                now += random.nextInt(5) == 0 ? random.nextLong(20 * STEP) : random.nextLong(STEP);
                if (time != null) {
                    activities.add(new Activity(now, time.ceilQuanta()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000, Long.MIN_VALUE})
    void coarse_anyDelays_neverAgesAnActivityFasterThanTheTicker(long origin) {
        for (int seed = 0; seed < 300; seed++) {
            SlowTicker ticker = new SlowTicker(new Random(seed), origin);
            ticker.time = TimeSource.coarse(ticker, STRIDE);
            for (int i = 0; i < 60; i++) {
                long swept = ticker.time.sweepQuanta();
                assertThat(swept).isLessThanOrEqualTo(Quanta.floor(ticker.now));
                for (Activity activity : ticker.activities) {
                    long age = (swept - activity.quanta) * Quanta.NANOS;
                    assertThat(age).as("seed %d", seed).isLessThanOrEqualTo(ticker.now - activity.nanos);
                }
                ticker.pass();
            }
            assertThat(ticker.activities).hasSizeGreaterThan(60);
        }
    }

    private final ManualTicker ticker =
            new ManualTicker(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());
    private final TimeSource time = TimeSource.coarse(ticker, STRIDE);
    private final SessionManager<String> manager = Fixture.sweptByHand(time, STEP_SHIFT, List.of());
    private final Transport<String> transport = manager.openTransport("ws");

    /** Sweeps as the manager's own thread does, until the session has ended; returns how long that took. */
    private long sweepUntilEnded(Session<String> session) {
        long start = ticker.nanos();
        while (session.isLive()) {
            ticker.advanceNanos(STEP);
            manager.sweep();
        }
        return ticker.nanos() - start;
    }

    @Test
    void coarse_sweepsOnTime_endsWithinATickOfTheDeadline() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            long sinceSweep = random.nextLong(STEP);
            ticker.advanceNanos(sinceSweep);
            long timeout = TICK.toNanos() + random.nextLong(5 * TICK.toNanos());
            Session<String> session =
                    manager.create(transport, Fixture.options().sessionTimeout(Duration.ofNanos(timeout)));
            ticker.advanceNanos(STEP - sinceSweep);
            manager.sweep();
            long lived = STEP - sinceSweep + sweepUntilEnded(session);
            assertThat(lived).isBetween(timeout, timeout + TICK.toNanos());
        }
    }

    @Test
    void coarse_lossAfterIdleness_leavesTheWholeGrace() {
        Session<String> session = manager.create(transport);
        for (int i = 0; i < 100; i++) {
            ticker.advanceNanos(STEP);
            manager.sweep();
        }
        assertThat(session.phase()).isEqualTo(SessionPhase.ATTACHED);
        transport.gone();
        long grace = Fixture.RECLAIM_TIMEOUT.toNanos();
        assertThat(sweepUntilEnded(session)).isBetween(grace, grace + TICK.toNanos());
        assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
    }

    /** A reading takes time, and a sweep makes two: what passes between them must not add up over many sweeps. */
    @Test
    void coarse_sweepsOnTimeWithASlowTicker_endsWithinATickOfTheDeadline() {
        long reading = STEP / 50;
        TimeSource slow = TimeSource.coarse(
                () -> {
                    ticker.advanceNanos(reading);
                    return ticker.nanos();
                },
                STRIDE);
        SessionManager<String> swept = Fixture.sweptByHand(slow, STEP_SHIFT, List.of());
        Session<String> session =
                swept.create(swept.openTransport("ws"), Fixture.options().sessionTimeout(TICK.multipliedBy(1_000)));
        long start = ticker.nanos();
        for (long due = STEP; session.isLive(); due += STEP) {
            ticker.advanceNanos(start + due - ticker.nanos());
            swept.sweep();
        }
        assertThat(ticker.nanos() - start)
                .isBetween(
                        TICK.multipliedBy(1_000).toNanos(),
                        TICK.multipliedBy(1_001).toNanos());
    }

    /** Clients that could not be heard in a pause are not punished for it. */
    @Test
    void coarse_sweepIsLate_movesDeadlinesByWhatExceedsTheStride() {
        Session<String> session = manager.create(transport);
        long pause = 10 * Fixture.SESSION_TIMEOUT.toNanos();
        ticker.advanceNanos(pause);
        assertThat(manager.sweep()).isZero();
        long timeout = Fixture.SESSION_TIMEOUT.toNanos();
        assertThat(STRIDE + sweepUntilEnded(session)).isBetween(timeout, timeout + TICK.toNanos());
    }

    @Test
    void coarse_tickerGoesBack_standsStillUntilItHasCaughtUp() {
        ticker.advanceNanos(STEP);
        long swept = time.sweepQuanta();
        ticker.advanceNanos(-3 * STEP);
        assertThat(time.sweepQuanta()).isEqualTo(swept);
        ticker.advanceNanos(3 * STEP);
        assertThat(time.sweepQuanta()).isEqualTo(swept);
        ticker.advanceNanos(STEP);
        assertThat(time.sweepQuanta()).isEqualTo(swept + (STEP >>> Quanta.SHIFT));
    }

    /** Whichever of a sweep's two readings fails, the clock moves no further than the ticker did. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void coarse_tickerFailsOnce_losesThatSweepOnly(int goodReadings) {
        int[] good = {Integer.MAX_VALUE};
        TimeSource failing = TimeSource.coarse(
                () -> {
                    if (good[0]-- == 0) {
                        throw new IllegalStateException("no time");
                    }
                    return ticker.nanos();
                },
                STRIDE);
        ticker.advanceNanos(STEP);
        good[0] = goodReadings;
        assertThatIllegalStateException().isThrownBy(failing::sweepQuanta);
        good[0] = Integer.MAX_VALUE;
        assertThat(failing.sweepQuanta()).isEqualTo(STEP >>> Quanta.SHIFT);
        ticker.advanceNanos(STEP);
        assertThat(failing.sweepQuanta()).isEqualTo((2 * STEP) >>> Quanta.SHIFT);
    }

    enum Clock {
        EXACT {
            @Override
            TimeSource of(Ticker ticker) {
                return TimeSource.exact(ticker);
            }
        },
        COARSE {
            @Override
            TimeSource of(Ticker ticker) {
                return TimeSource.coarse(ticker, STRIDE);
            }
        };

        abstract TimeSource of(Ticker ticker);
    }

    private static void sweep(TimeSource time) {
        long began = time.reading();
        time.sweepQuanta();
        time.finishedSweep(began);
    }

    @ParameterizedTest
    @EnumSource
    void sinceSweepNanos_sweeps_isTheTimeSinceTheLatestFinishedOneBegan(Clock clock) {
        TimeSource any = clock.of(ticker);
        assertThat(any.sinceSweepNanos()).as("just built").isZero();
        ticker.advanceNanos(7);
        assertThat(any.sinceSweepNanos()).as("since it was built").isEqualTo(7);
        long began = any.reading();
        any.sweepQuanta();
        assertThat(any.sinceSweepNanos()).as("not finished").isEqualTo(7);
        ticker.advanceNanos(2);
        any.finishedSweep(began);
        assertThat(any.sinceSweepNanos()).as("since it began").isEqualTo(2);
        ticker.advanceNanos(100 * STRIDE);
        assertThat(any.sinceSweepNanos()).isEqualTo(2 + 100 * STRIDE);
        any.ceilQuanta();
        any.floorQuanta();
        assertThat(any.sinceSweepNanos()).as("an activity is no sweep").isEqualTo(2 + 100 * STRIDE);
        sweep(any);
        ticker.advance(Duration.ofMinutes(2)); // past Long.MAX_VALUE
        assertThat(any.sinceSweepNanos()).isEqualTo(Duration.ofMinutes(2).toNanos());
    }

    /** The ticker's own account: what a sweep that went before said of it does not matter. */
    @ParameterizedTest
    @EnumSource
    void sinceSweepNanos_tickerGoesBack_isNeverNegativeAndRightAgainAfterASweep(Clock clock) {
        TimeSource any = clock.of(ticker);
        ticker.advanceNanos(-5);
        assertThat(any.sinceSweepNanos()).isZero();
        sweep(any);
        ticker.advanceNanos(3);
        assertThat(any.sinceSweepNanos()).isEqualTo(3);
        ticker.advanceNanos(-Duration.ofHours(1).toNanos());
        assertThat(any.sinceSweepNanos()).isZero();
        sweep(any);
        ticker.advanceNanos(11);
        assertThat(any.sinceSweepNanos()).isEqualTo(11);
        for (long jump : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1}) {
            ticker.advanceNanos(jump);
            assertThat(any.sinceSweepNanos()).isNotNegative();
        }
    }

    /** A sweep that could not read the ticker has not begun. */
    @ParameterizedTest
    @EnumSource
    void sinceSweepNanos_tickerFails_countsFromTheSweepBefore(Clock clock) {
        boolean[] broken = {false};
        TimeSource any = clock.of(() -> {
            if (broken[0]) {
                throw new IllegalStateException("no time");
            }
            return ticker.nanos();
        });
        ticker.advanceNanos(2);
        broken[0] = true;
        assertThatIllegalStateException().isThrownBy(any::sweepQuanta);
        broken[0] = false;
        assertThat(any.sinceSweepNanos()).isEqualTo(2);
    }

    @Test
    void coarse_concurrentSweep_doesNotWaitForAnother() {
        TimeSource[] self = new TimeSource[1];
        long[] inner = {-1};
        self[0] = TimeSource.coarse(
                () -> {
                    if (self[0] != null && inner[0] < 0) {
                        inner[0] = self[0].sweepQuanta();
                    }
                    return ticker.nanos();
                },
                STRIDE);
        ticker.advanceNanos(STEP);
        assertThat(self[0].sweepQuanta()).isEqualTo(STEP >>> Quanta.SHIFT);
        assertThat(inner[0]).isZero();
    }

    /** Without a sweep. Waits until it has moved by a quantum, or has not for far too long. */
    @Test
    void exact_ofTheSystemsClock_movesByItself() {
        long begin = System.nanoTime();
        TimeSource system = TimeSource.exact(SystemTicker.INSTANCE);
        while (system.floorQuanta() == 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(Quanta.NANOS);
    }
}
