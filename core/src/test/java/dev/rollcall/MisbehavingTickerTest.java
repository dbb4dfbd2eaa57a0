package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input, design section 9: a ticker that stands still, jumps or throws. */
class MisbehavingTickerTest {
    @Test
    void sweep_tickerStandsStill_endsNothing() {
        Fixture fixture = Fixture.create();
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        List<String> before = fixture.state();
        for (int i = 0; i < 1000; i++) {
            assertThat(fixture.manager.sweep()).isZero();
            assertThat(session.keepAlive()).isTrue();
        }
        fixture.assertUnchanged(before);
    }

    /** The documented answer to a jump ahead: whatever it jumped over is due, once. */
    @ParameterizedTest
    @ValueSource(longs = {60_100_000_000L, 86_400_000_000_000L, Long.MAX_VALUE})
    void sweep_tickerJumpedAhead_endsWhatItJumpedOver(long jump) {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        fixture.createMany(transport, 300);
        Session<String> unlimited =
                fixture.manager.create(transport, Fixture.options().id(1).sessionTimeout(Duration.ZERO));
        fixture.ticker.advanceNanos(jump);
        assertThat(fixture.manager.sweep()).isEqualTo(300);
        assertThat(fixture.manager.sweep()).isZero();
        assertThat(fixture.manager.counts().ended(EndCause.TIMED_OUT)).isEqualTo(300);
        assertThat(unlimited.isLive()).isTrue();
        assertThat(unlimited.keepAlive()).isTrue();
        fixture.assertConsistent();
    }

    @Test
    void create_tickerAtItsFarthest_sessionNeverTimesOut() {
        Fixture fixture = Fixture.create();
        fixture.ticker.advanceNanos(Long.MAX_VALUE);
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(fixture.manager.sweep()).isZero();
        assertThat(session.keepAlive()).isTrue();
        fixture.assertConsistent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 59_000_000_000L, Long.MAX_VALUE})
    void anyOperation_tickerWentBack_disturbsNoCount(long back) {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        Session<String> early = fixture.create(transport, 1);
        fixture.sweepAfter(Duration.ofSeconds(59));
        fixture.ticker.advanceNanos(-back);
        assertThat(early.keepAlive()).isTrue();
        assertThat(early.info().idle()).isGreaterThanOrEqualTo(Duration.ZERO);
        Session<String> late = fixture.create(transport, 2);
        assertThat(early.claim(fixture.transport("other"))).isTrue();
        assertThat(transport.gone()).isTrue();
        assertThat(late.phase()).isEqualTo(SessionPhase.DETACHED);
        assertThat(fixture.manager.sweep()).isZero();
        fixture.assertConsistent();
        fixture.ticker.advanceNanos(back);
        fixture.assertConsistent();
        fixture.sweepAfter(Duration.ofDays(1));
        assertThat(fixture.manager.counts().live()).isZero();
        fixture.assertConsistent();
    }

    /** Ticker: "one that goes back is treated as if it stood still", so time never moves back (G3). */
    @Test
    void keepAlive_tickerWentBack_doesNotShortenTheTimeout() {
        Fixture fixture = Fixture.create();
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        fixture.ticker.advance(Duration.ofSeconds(50));
        assertThat(session.keepAlive()).isTrue();
        fixture.ticker.advance(Duration.ofSeconds(-40));
        assertThat(session.keepAlive()).isTrue();
        fixture.ticker.advance(Duration.ofSeconds(40));
        assertThat(fixture.sweepAfter(Duration.ofSeconds(59))).isZero();
        assertThat(fixture.sweepAfter(Duration.ofSeconds(1).plus(Fixture.TICK))).isEqualTo(1);
    }

    /** As above: a session made while the ticker is behind has its whole session timeout (G3). */
    @Test
    void create_tickerWentBackBehindASweep_sessionIsNotEndedAtOnce() {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        fixture.sweepAfter(Duration.ofSeconds(100));
        fixture.ticker.advance(Duration.ofSeconds(-90));
        Session<String> session = fixture.create(transport, 1);
        assertThat(fixture.manager.sweep()).isZero();
        assertThat(session.isLive()).isTrue();
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("create", manager -> manager.create(manager.openTransport("new"))),
                operation("keepAlive", manager -> manager.keepAlive(1)),
                operation("claim", manager -> manager.claim(1, manager.openTransport("new"))),
                operation("gone", manager -> manager.find(1).transport().gone()),
                operation("sweep", SessionManager::sweep),
                operation("info", manager -> manager.find(1).info()),
                operation("sessionInfos", SessionManager::sessionInfos));
    }

    private static Arguments operation(String name, Consumer<SessionManager<String>> operation) {
        return Arguments.of(name, operation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void anyOperation_tickerThrows_changesNothing(String name, Consumer<SessionManager<String>> operation) {
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        ManualTicker good = new ManualTicker();
        Ticker sometimes = () -> {
            RuntimeException thrown = broken.get();
            if (thrown != null) {
                throw thrown;
            }
            return good.nanos();
        };
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(sometimes)
                .reclaimTimeout(Duration.ofSeconds(1))
                .build();
        Transport<String> owner = manager.openTransport("ws");
        Session<String> session = manager.create(owner, Fixture.options().id(1));
        SessionCounts before = manager.counts();
        List<SessionInfo> listed = manager.sessionInfos();

        broken.set(new IllegalStateException("no time"));
        assertThatThrownBy(() -> operation.accept(manager)).isSameAs(broken.get());

        assertThat(manager.counts()).isEqualTo(before);
        assertThat(owner.isGone()).as("gone").isFalse();
        assertThat(session.transport()).isSameAs(owner);
        broken.set(null);
        assertThat(manager.sessionInfos()).isEqualTo(listed);
        Fixture.assertConsistent(manager);
        assertThat(owner.gone()).isTrue();
        assertThat(session.phase()).isEqualTo(SessionPhase.DETACHED);
    }

    @Test
    void destroyAndClose_tickerThrows_stillEnd() {
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(() -> {
                    RuntimeException thrown = broken.get();
                    if (thrown != null) {
                        throw thrown;
                    }
                    return 0;
                })
                .build();
        Transport<String> owner = manager.openTransport("ws");
        Session<String> session = manager.create(owner);
        manager.create(owner);
        broken.set(new IllegalStateException("no time"));
        assertThat(session.destroy()).isTrue();
        manager.close();
        assertThat(manager.counts().live()).isZero();
        assertThat(manager.audit().disagreements()).isEmpty();
    }

    /** Whether all is delivered has nothing to do with the time. */
    @Test
    void closeWithDeadline_tickerThrows_saysWhetherAllIsDelivered() throws Exception {
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        List<Runnable> tasks = new ArrayList<>();
        Fixture fixture =
                Fixture.bare(builder -> builder.listenerExecutor(tasks::add).ticker(() -> {
                    RuntimeException thrown = broken.get();
                    if (thrown != null) {
                        throw thrown;
                    }
                    return 0;
                }));
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        broken.set(new IllegalStateException("no time"));
        assertThat(fixture.manager.close(Duration.ZERO)).isFalse();
        tasks.forEach(Runnable::run);
        assertThat(fixture.manager.close(Duration.ZERO)).isTrue();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended SHUTDOWN");
    }

    @Test
    void build_tickerThrows_throws() {
        IllegalStateException broken = new IllegalStateException("no time");
        assertThatThrownBy(() -> SessionManager.<String>builder()
                        .ticker(() -> {
                            throw broken;
                        })
                        .build())
                .isSameAs(broken);
    }

    @Test
    void tickJump_thenQuiet_timersGoOnWorking() {
        Fixture fixture = Fixture.create();
        Transport<String> transport = fixture.transport("ws");
        fixture.sweepAfter(Duration.ofDays(365));
        Session<String> session = fixture.create(transport, 1);
        assertThat(fixture.sweepAfter(Fixture.SESSION_TIMEOUT.minusNanos(1))).isZero();
        assertThat(fixture.sweepAfter(Fixture.TICK.plusNanos(1))).isEqualTo(1);
        assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
    }

    /** A listing reads the ticker for each row; the session ends in between. */
    @Test
    void sessionInfos_tickerEndsTheSession_hasNoRowOfIt() {
        AtomicReference<Runnable> atReading = new AtomicReference<>(() -> {});
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(() -> {
                    atReading.getAndSet(() -> {}).run();
                    return 0;
                })
                .build();
        Session<String> session = manager.create(manager.openTransport("ws"));
        assertThat(manager.sessionInfos()).hasSize(1);
        atReading.set(session::destroy);
        assertThat(manager.sessionInfos()).isEmpty();
        assertThat(session.isLive()).isFalse();
    }

    @Test
    void set_anyReading_isTheNext() {
        ManualTicker ticker = new ManualTicker(7);
        assertThat(ticker.nanos()).isEqualTo(7);
        ticker.set(-3);
        assertThat(ticker.nanos()).isEqualTo(-3);
    }
}
