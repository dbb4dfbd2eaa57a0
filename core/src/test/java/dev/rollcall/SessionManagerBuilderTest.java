package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contradictory or out-of-range settings fail in the builder; the message names both values. */
class SessionManagerBuilderTest {
    private static SessionManagerBuilder<String> builder() {
        return SessionManager.<String>builder().callerSweeps();
    }

    interface Setting {
        void set(SessionManagerBuilder<String> builder);
    }

    private static Arguments setting(String name, Setting setting) {
        return Arguments.of(name, setting);
    }

    @Test
    void build_noSettings_hasTheDocumentedDefaults() {
        SessionManager<String> manager = SessionManager.<String>builder().build();
        try {
            Session<String> session = manager.create(manager.openTransport("ws"));
            assertThat(session.sessionTimeout()).isEqualTo(Duration.ofSeconds(60));
            assertThat(session.reclaimTimeout()).isZero();
            assertThat(manager.count()).isEqualTo(1);
            assertThat(manager.shards.size())
                    .isGreaterThanOrEqualTo(4 * Runtime.getRuntime().availableProcessors())
                    .satisfies(shards -> assertThat(Integer.bitCount(shards)).isEqualTo(1));
        } finally {
            manager.close();
        }
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                setting("session timeout", builder -> builder.sessionTimeout(null)),
                setting("reclaim timeout", builder -> builder.reclaimTimeout(null)),
                setting("name", builder -> builder.name(null)),
                setting("sweeperThreadFactory", builder -> builder.sweeperThreadFactory(null)),
                setting("tick", builder -> builder.tick(null)),
                setting("ticker", builder -> builder.ticker(null)),
                setting("idSource", builder -> builder.idSource(null)),
                setting("listener", builder -> builder.listener(null)),
                setting("listenerExecutor", builder -> builder.listenerExecutor(null)),
                setting("counter", builder -> builder.counter(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nulls")
    void anySetting_null_isRefusedByName(String name, Setting setting) {
        assertThatNullPointerException()
                .isThrownBy(() -> setting.set(builder()))
                .withMessage(name);
    }

    static Stream<Arguments> outOfRange() {
        Duration tooLong = Duration.ofNanos(Long.MAX_VALUE).plusNanos(1);
        return Stream.of(
                setting("session timeout is negative: PT-0.001S", it -> it.sessionTimeout(Duration.ofMillis(-1))),
                setting("reclaim timeout is negative: PT-0.001S", it -> it.reclaimTimeout(Duration.ofMillis(-1))),
                setting("session timeout " + tooLong, it -> it.sessionTimeout(tooLong)),
                setting("reclaim timeout " + tooLong, it -> it.reclaimTimeout(tooLong)),
                setting("maxSessions 0 is less than 1", it -> it.maxSessions(0)),
                setting("maxSessions -1 is less than 1", it -> it.maxSessions(-1)),
                setting("tick PT0S is outside PT0.001S … PT1H", it -> it.tick(Duration.ZERO)),
                setting("tick PT0.000999999S is outside", it -> it.tick(Duration.ofNanos(999_999))),
                setting("tick PT-1S is outside", it -> it.tick(Duration.ofSeconds(-1))),
                setting(
                        "tick PT1H0.000000001S is outside",
                        it -> it.tick(Duration.ofHours(1).plusNanos(1))),
                setting("tick PT2562047788015215H30M7S", it -> it.tick(Duration.ofSeconds(Long.MAX_VALUE))),
                setting("shards 0 is not a power of two in 1 … 4096", it -> it.shards(0)),
                setting("shards -2 is not", it -> it.shards(-2)),
                setting("shards -2147483648 is not", it -> it.shards(Integer.MIN_VALUE)),
                setting("shards 3 is not", it -> it.shards(3)),
                setting("shards 8192 is not", it -> it.shards(8192)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void anySetting_outOfRange_isRefusedNamingValueAndRange(String message, Setting setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.set(builder()))
                .withMessageContaining(message);
    }

    @Test
    void anySetting_givenTwice_theLaterOneHolds() {
        ManualTicker ticker = new ManualTicker();
        ManagerStatus status = builder()
                .name("first")
                .name("second")
                .sessionTimeout(Duration.ofSeconds(1))
                .sessionTimeout(Duration.ofSeconds(2))
                .reclaimTimeout(Duration.ofSeconds(3))
                .reclaimTimeout(Duration.ofSeconds(4))
                .maxSessions(5)
                .maxSessions(6)
                .tick(Duration.ofSeconds(1))
                .tick(Duration.ofSeconds(2))
                .ticker(Ticker.system())
                .ticker(ticker)
                .build()
                .status();
        assertThat(status.name()).isEqualTo("second");
        assertThat(status.sessionTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(status.reclaimTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(status.maxSessions()).hasValue(6);
        assertThat(status.sinceLastSweep()).isZero();
    }

    @Test
    void build_twice_givesTwoManagersThatShareNothing() {
        SessionManagerBuilder<String> builder = builder().maxSessions(1);
        SessionManager<String> first = builder.build();
        SessionManager<String> second = builder.build();
        first.create(first.openTransport("ws"), Fixture.options().id(1));
        second.create(second.openTransport("ws"), Fixture.options().id(1));
        first.close();
        assertThat(first.count()).isZero();
        assertThat(second.count()).isEqualTo(1);
        assertThat(second.phase()).isEqualTo(ManagerPhase.OPEN);
        assertThat(first.name()).isNotEqualTo(second.name());
    }

    @Test
    void copy_bothChangedAfterwards_areIndependent() {
        Recorder<String> onBoth = new Recorder<>();
        Recorder<String> onCopy = new Recorder<>();
        SessionManagerBuilder<String> builder =
                builder().listener(onBoth).maxSessions(1).counter(CounterStrategy.ATOMIC);
        SessionManagerBuilder<String> copy = builder.copy().listener(onCopy).maxSessions(2);
        builder.maxSessions(3);
        SessionManager<String> original = builder.build();
        SessionManager<String> copied = copy.build();
        assertThat(original.status().maxSessions()).hasValue(3);
        assertThat(copied.status().maxSessions()).hasValue(2);
        original.create(original.openTransport("ws"));
        assertThat(onBoth.size()).isEqualTo(1);
        assertThat(onCopy.size()).isZero();
        copied.create(copied.openTransport("ws"));
        assertThat(onBoth.size()).isEqualTo(2);
        assertThat(onCopy.size()).isEqualTo(1);
    }

    /** Every field, so that none is forgotten when one is added. */
    @Test
    void copy_everySetting_isTakenOver() throws IllegalAccessException {
        Ticker ticker = new ManualTicker();
        LongSupplier ids = () -> 1;
        SessionManagerBuilder<String> builder = SessionManager.<String>builder()
                .name("gateway")
                .sessionTimeout(Duration.ofSeconds(1))
                .reclaimTimeout(Duration.ofSeconds(2))
                .maxSessions(3)
                .tick(Duration.ofSeconds(4))
                .shards(8)
                .ticker(ticker)
                .idSource(ids)
                .listener(new Recorder<>())
                .listenerExecutor(Runnable::run)
                .counter(CounterStrategy.ADDER)
                .callerSweeps()
                .sweeperThreadFactory(Thread::new)
                .coarseClock()
                .withoutTallies();
        SessionManagerBuilder<String> fresh = SessionManager.builder();
        SessionManagerBuilder<String> copy = builder.copy();
        for (Field field : SessionManagerBuilder.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                field.setAccessible(true);
                assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(builder));
                assertThat(field.get(fresh)).as("test sets " + field.getName()).isNotEqualTo(field.get(builder));
            }
        }
    }

    static Stream<Arguments> contradictions() {
        Executor executor = Runnable::run;
        ThreadFactory threads = Thread::new;
        return Stream.of(
                setting(
                        "coarseClock and callerSweeps are both set: the sweeps are its clock",
                        SessionManagerBuilder::coarseClock),
                setting(
                        "sweeperThreadFactory " + threads + " and callerSweeps are both set",
                        it -> it.sweeperThreadFactory(threads)),
                setting(
                        "listenerExecutor " + executor + " is set, but no listener",
                        it -> it.listenerExecutor(executor)));
    }

    /** Two steps of which four and the rounding fit the tick: the lateness of an end rests on it. */
    @Test
    void build_coarseClock_movesByAStrideAtMost() {
        Duration tick = Duration.ofHours(1); // so that the manager's own thread does nothing meanwhile
        Duration stride = Duration.ofNanos(2 * (Quanta.NANOS << 22));
        assertThat(stride.multipliedBy(2)).isBetween(tick.dividedBy(2), tick);
        ManualTicker ticker = new ManualTicker();
        try (SessionManager<String> manager = SessionManager.<String>builder()
                .coarseClock()
                .ticker(ticker)
                .tick(tick)
                .sessionTimeout(tick.multipliedBy(100))
                .reclaimTimeout(Duration.ZERO)
                .build()) {
            Session<String> session = manager.create(manager.openTransport("ws"));
            for (int i = 0; i < 2; i++) {
                ticker.advance(tick);
                manager.sweep();
            }
            assertThat(session.info().idle()).isEqualTo(stride);
        }
    }

    @Test
    void build_coarseClockWithATickTooShortForIt_isRefused() {
        SessionManagerBuilder<String> builder =
                SessionManager.<String>builder().coarseClock().tick(Duration.ofMillis(19));
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("tick PT0.019S is shorter than PT0.02S, with coarseClock");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void build_settingsContradictEachOther_isRefusedNamingBoth(String message, Setting setting) {
        SessionManagerBuilder<String> builder = builder();
        setting.set(builder);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H"})
    void build_tickAtTheEndsOfItsRange_works(Duration tick) {
        SessionManager<String> manager = builder()
                .ticker(new ManualTicker())
                .tick(tick)
                .sessionTimeout(tick)
                .reclaimTimeout(Duration.ZERO)
                .build();
        assertThat(manager.create(manager.openTransport("ws")).sessionTimeout()).isEqualTo(tick);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 4096})
    void build_shardsInRange_spreadsSessionsOverThem(int shards) {
        SessionManager<String> manager = builder().shards(shards).build();
        assertThat(manager.shards.size()).isEqualTo(shards);
        Transport<String> transport = manager.openTransport("ws");
        for (int id = 1; id <= 20 * shards && id <= 20_000; id++) {
            manager.create(transport, Fixture.options().id(id));
        }
        long[] used = {0};
        manager.shards.forEach(shard -> used[0] += shard.size() > 0 ? 1 : 0);
        // That a shard of many gets none of twenty sessions per shard is next to impossible.
        assertThat(used[0]).isGreaterThan(shards * 9L / 10);
        Fixture.assertConsistent(manager);
    }

    @Test
    void build_longestTimeouts_neverEndASession() {
        ManualTicker ticker = new ManualTicker(Long.MIN_VALUE);
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        SessionManager<String> manager = builder()
                .ticker(ticker)
                .sessionTimeout(longest)
                .reclaimTimeout(longest)
                .build();
        Transport<String> lost = manager.openTransport("lost");
        manager.create(lost);
        ticker.advanceNanos(Long.MAX_VALUE - 1);
        manager.create(manager.openTransport("ws"));
        lost.gone();
        assertThat(manager.sweep()).isZero();
        Fixture.assertConsistent(manager);
    }

    @Test
    void build_calledTwice_makesIndependentManagers() {
        SessionManagerBuilder<String> builder = builder().maxSessions(1);
        SessionManager<String> first = builder.build();
        SessionManager<String> second = builder.build();
        first.create(first.openTransport("ws"));
        assertThat(second.create(second.openTransport("ws")).isLive()).isTrue();
        first.close();
        assertThat(second.counts().live()).isEqualTo(1);
    }
}
