package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How late sessions end (G3), to the nanosecond: if sweeps come at the period that the manager asks
 * for, never before the deadline and at most a tick after it, wherever activities and deadlines lie
 * between two sweeps. The period is shorter than the tick, and has to be.
 */
class LatenessTest {
    private static final List<Duration> TICKS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(7));

    /** The shortest tick that a coarse clock may have. */
    private static final Duration SHORTEST_COARSE_TICK = Duration.ofMillis(20);

    /** In how many parts the time between two sweeps is divided, and each part's borders tried. */
    private static final int PARTS = 12;

    private static final int SWEEPS_WITH_ACTIVITY = 6;

    enum Clock {
        EXACT,
        COARSE
    }

    /** The period at which a manager's own thread sweeps. */
    private static long sweepPeriodNanos(Clock clock, long tickNanos) {
        int shift = clock == Clock.EXACT ? Quanta.stepShift(tickNanos) : Quanta.coarseStepShift(tickNanos);
        return Quanta.NANOS << shift;
    }

    private static Stream<Arguments> ticks() {
        return TICKS.stream()
                .flatMap(tick -> Stream.of(Clock.values())
                        .filter(clock -> clock == Clock.EXACT || tick.compareTo(SHORTEST_COARSE_TICK) >= 0)
                        .map(clock -> Arguments.of(clock, tick)));
    }

    private static Stream<Duration> exactTicks() {
        return TICKS.stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ticks")
    void sweep_onceAPeriod_isAtMostATickLate(Clock clock, Duration tick) {
        long tickNanos = tick.toNanos();
        long period = sweepPeriodNanos(clock, tickNanos);
        Lateness seen = new Lateness();
        for (long phase : new long[] {0, 1, Quanta.NANOS - 1, Quanta.NANOS, period / 2, period - 1}) {
            Run run = new Run(clock, tickNanos, period, phase, seen);
            run.activities(timeouts(tickNanos));
            run.sweepUntilAllEnded();
        }
        assertThat(seen.shortest).isNotNegative();
        assertThat(seen.longest).isLessThanOrEqualTo(tickNanos);
        // What was tried comes near to the worst case, in which a tick is made of so many periods.
        int periods = clock == Clock.EXACT ? 2 : 4;
        assertThat(seen.longest).isGreaterThan(periods * period - period / 2);
    }

    /** Why the period must be asked for: "about once a tick" is not enough. */
    @ParameterizedTest
    @MethodSource("exactTicks")
    void sweep_onceATick_isMoreThanATickLate(Duration tick) {
        long tickNanos = tick.toNanos();
        Lateness seen = new Lateness();
        Run run = new Run(Clock.EXACT, tickNanos, tickNanos, 1, seen);
        run.activities(timeouts(tickNanos));
        run.sweepUntilAllEnded();
        assertThat(seen.shortest).isNotNegative();
        assertThat(seen.longest).isGreaterThan(tickNanos).isLessThan(2 * tickNanos);
    }

    /** A timeout may be shorter than a tick. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ticks")
    void sweep_timeoutsShorterThanATick_isNeverEarlyAndAtMostATickLate(Clock clock, Duration tick) {
        long tickNanos = tick.toNanos();
        long period = sweepPeriodNanos(clock, tickNanos);
        long[] timeouts = {1, 1_000, 1_000_000, tickNanos / 3, tickNanos - 1};
        Lateness seen = new Lateness();
        for (long phase : new long[] {0, 1, period / 2, period - 1}) {
            Run run = new Run(clock, tickNanos, period, phase, seen);
            run.activities(timeouts);
            run.sweepUntilAllEnded();
        }
        assertThat(seen.shortest).isNotNegative();
        assertThat(seen.longest).isLessThanOrEqualTo(tickNanos);
    }

    /** At the borders of quanta and steps, a nanosecond to either side of them, and anywhere. */
    private static long[] timeouts(long tickNanos) {
        Random random = new Random(tickNanos);
        long step = sweepPeriodNanos(Clock.EXACT, tickNanos);
        long inSteps = (tickNanos / step + 1) * step;
        return new long[] {
            tickNanos,
            tickNanos + 1,
            inSteps - 1,
            inSteps,
            inSteps + 1,
            inSteps + Quanta.NANOS - 1,
            inSteps + Quanta.NANOS + 1,
            tickNanos + random.nextLong(3 * tickNanos),
            70 * step + random.nextLong(step)
        };
    }

    /** Of all sessions that ended: the time from the deadline to the end. */
    private static final class Lateness {
        private long shortest = Long.MAX_VALUE;
        private long longest = Long.MIN_VALUE;

        void add(long nanos) {
            shortest = Math.min(shortest, nanos);
            longest = Math.max(longest, nanos);
        }
    }

    /** A manager that is swept exactly once a period, beginning a phase after it was built. */
    private static final class Run implements SessionListener<String> {
        private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1_000_000_000);
        private final long built = ticker.nanos();
        private final long period;
        private final Lateness lateness;
        private final SessionManager<String> manager;
        private final Transport<String> transport;
        private final Map<Session<String>, Long> deadlines = new HashMap<>();

        Run(Clock clock, long tickNanos, long period, long phase, Lateness lateness) {
            this.period = period;
            this.lateness = lateness;
            long step = sweepPeriodNanos(clock, tickNanos);
            TimeSource time = clock == Clock.EXACT ? TimeSource.exact(ticker) : TimeSource.coarse(ticker, 2 * step);
            int shift = Long.numberOfTrailingZeros(step / Quanta.NANOS);
            manager = Fixture.sweptByHand(time, shift, List.of(this));
            assertThat(manager.sweepPeriod()).isEqualTo(Duration.ofNanos(step));
            transport = manager.openTransport("ws");
            ticker.advanceNanos(phase);
            manager.sweep();
        }

        private long now() {
            return ticker.nanos() - built;
        }

        /** Creates, keepalives, claims and losses at many instants between sweeps. */
        void activities(long[] timeouts) {
            long[] instants = instants();
            List<Session<String>> former = List.of();
            for (int i = 0; i < SWEEPS_WITH_ACTIVITY; i++) {
                List<Session<String>> created = new ArrayList<>();
                long passed = 0;
                for (int j = 0; j < instants.length; j++) {
                    ticker.advanceNanos(instants[j] - passed);
                    passed = instants[j];
                    for (long timeout : timeouts) {
                        created.add(create(timeout));
                        lose(timeout);
                    }
                    if (j < former.size()) {
                        touch(former.get(j), j % 2 == 0);
                    }
                }
                ticker.advanceNanos(period - passed);
                manager.sweep();
                former = created;
            }
        }

        /** In ascending order, all less than a period after a sweep. */
        private long[] instants() {
            long[] instants = new long[3 * PARTS];
            for (int i = 0; i < PARTS; i++) {
                long border = i * (period / PARTS) / Quanta.NANOS * Quanta.NANOS;
                instants[3 * i] = Math.max(0, border - 1);
                instants[3 * i + 1] = border;
                instants[3 * i + 2] = border + 1;
            }
            instants[0] = period - 1;
            Arrays.sort(instants);
            return instants;
        }

        private Session<String> create(long timeout) {
            Session<String> session =
                    manager.create(transport, Fixture.options().sessionTimeout(Duration.ofNanos(timeout)));
            deadlines.put(session, now() + timeout);
            return session;
        }

        private void lose(long timeout) {
            Transport<String> lost = manager.openTransport("lost");
            Session<String> session = manager.create(lost, Fixture.options().reclaimTimeout(Duration.ofNanos(timeout)));
            lost.gone();
            deadlines.put(session, now() + timeout);
        }

        private void touch(Session<String> session, boolean byKeepalive) {
            if (session.isLive()) {
                assertThat(byKeepalive ? session.keepAlive() : session.claim(transport))
                        .isTrue();
                deadlines.put(session, now() + session.info().sessionTimeout().toNanos());
            }
        }

        void sweepUntilAllEnded() {
            while (!deadlines.isEmpty()) {
                ticker.advanceNanos(period);
                manager.sweep();
            }
            assertThat(manager.counts().ended()).isEqualTo(manager.counts().created());
            Fixture.assertConsistent(manager);
        }

        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            lateness.add(now() - deadlines.remove(session));
        }
    }

    /** What others' creates move to another block of buckets, where nobody else has a deadline, is due no later. */
    @Test
    void sweep_splitsByCreatesWithoutDeadline_endsAllThatWereMoved() {
        int sessions = 64;
        Fixture fixture = Fixture.bare(builder -> builder.shards(1).sessionTimeout(Fixture.SESSION_TIMEOUT));
        Transport<String> transport = fixture.transport("ws");
        for (int i = 0; i < sessions; i++) {
            fixture.manager.create(transport);
        }
        for (int i = 0; i < 16 * sessions; i++) {
            fixture.manager.create(transport, Fixture.options().sessionTimeout(Duration.ZERO));
        }
        assertThat(fixture.sweepAfter(Fixture.SESSION_TIMEOUT.plusSeconds(1))).isEqualTo(sessions);
        fixture.assertConsistent();
    }
}
