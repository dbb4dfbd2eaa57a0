package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Drain: refuse new sessions, wait until the last has ended or a deadline. */
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    private final Fixture fixture = Fixture.create();
    private final SessionManager<String> manager = fixture.manager;
    private final Transport<String> transport = fixture.transport("ws");
    private final Thread[] drainer = new Thread[1];

    private FutureTask<Boolean> drainInBackground(Duration atMost) {
        return drainInBackground(manager, atMost);
    }

    private FutureTask<Boolean> drainInBackground(SessionManager<String> which, Duration atMost) {
        FutureTask<Boolean> drained = Workers.start(() -> which.drain(atMost), drainer);
        Workers.awaitWaiting(drainer[0]);
        assertThat(drained).isNotDone();
        return drained;
    }

    @Test
    void drain_noSession_returnsTrueAtOnceAndStaysDraining() throws Exception {
        assertThat(manager.drain(Duration.ZERO)).isTrue();
        assertThat(manager.drain(LONG)).isTrue();
        assertThat(manager.drain(Duration.ofNanos(Long.MAX_VALUE))).isTrue();
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("DRAINING");
    }

    @Test
    void drain_deadlineComesFirst_returnsFalseAndKeepsDraining() throws Exception {
        Session<String> session = manager.create(transport);
        assertThat(manager.drain(Duration.ZERO)).isFalse();
        assertThat(manager.drain(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("DRAINING");
        assertThat(session.destroy()).isTrue();
        assertThat(manager.drain(Duration.ZERO)).isTrue();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("destroy", last -> last.destroy(1)),
                end("destroyByAdmin", last -> last.destroyByAdmin(1)),
                end("sweep", SessionManager::sweep),
                end("gone", last -> last.find(1).transport().gone()),
                end("close", SessionManager::close));
    }

    private static Arguments end(String name, Consumer<SessionManager<String>> end) {
        return Arguments.of(name, end);
    }

    /** Each way to end wakes the waiter. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void drain_lastSessionEndsLater_returnsTrue(String name, Consumer<SessionManager<String>> end) throws Exception {
        assertEndWakesTheWaiter(manager, fixture.ticker, end);
    }

    /** Not because a listener was told of it, which wakes the waiter too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void drain_nobodyListensToTheLastEnd_returnsTrue(String name, Consumer<SessionManager<String>> end)
            throws Exception {
        ManualTicker ticker = new ManualTicker();
        assertEndWakesTheWaiter(
                SessionManager.<String>builder().ticker(ticker).callerSweeps().build(), ticker, end);
    }

    private void assertEndWakesTheWaiter(
            SessionManager<String> ofOne, ManualTicker ticker, Consumer<SessionManager<String>> end) throws Exception {
        Session<String> session =
                ofOne.create(ofOne.openTransport("ws"), Fixture.options().id(1));
        assertThat(session.setReclaimTimeout(Duration.ZERO)).isTrue();
        FutureTask<Boolean> drained = drainInBackground(ofOne, LONG);
        ticker.advance(Duration.ofDays(1));
        end.accept(ofOne);
        assertThat(Workers.result(drained)).isTrue();
        assertThat(ofOne.counts().live()).isZero();
    }

    /** It waits for the last end, and not for the listeners that are told of it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void drain_listenerOfTheLastEndBlocks_returnsTrue(String name, Consumer<SessionManager<String>> end)
            throws Exception {
        CountDownLatch isBlocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Fixture told = Fixture.with(builder -> builder.listener(new SessionListener<>() {
            @Override
            public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                isBlocked.countDown();
                Workers.await(release);
            }
        }));
        Session<String> last = told.create(told.transport("ws"), 1);
        assertThat(last.setReclaimTimeout(Duration.ZERO)).isTrue();
        FutureTask<Boolean> drained = drainInBackground(told.manager, LONG);
        told.ticker.advance(Duration.ofDays(1));
        FutureTask<Boolean> ending = Workers.start(() -> {
            end.accept(told.manager);
            return true;
        });
        try {
            Workers.await(isBlocked);
            assertThat(Workers.result(drained)).isTrue();
        } finally {
            release.countDown();
        }
        assertThat(Workers.result(ending)).isTrue();
    }

    /**
     * The last session ends in the first of a close's sections, and in those that follow nobody ends.
     * Nobody listens, for the delivery of an event wakes the waiter too.
     */
    @Test
    void drain_lastEndIsInTheFirstSectionOfAClose_returnsTrue() throws Exception {
        SessionManager<String> untold =
                SessionManager.<String>builder().callerSweeps().shards(1).build();
        Transport<String> owner = untold.openTransport("ws");
        for (int i = 0; i < 4 * Batch.SIZE; i++) {
            untold.create(owner);
        }
        List<Session<String>> sessions = untold.sessions();
        Shard<String> shard = sessions.get(0).shard();
        assertThat(shard.buckets()).isGreaterThan(2 * Batch.SIZE);
        Session<String> last = sessions.stream()
                .filter(session -> shard.bucketOf(session.hash()) < Batch.SIZE)
                .findFirst()
                .orElseThrow();
        sessions.stream().filter(session -> session != last).forEach(Session::destroy);
        // If nothing wakes the drain, the test takes that long to fail.
        FutureTask<Boolean> drained = drainInBackground(untold, Duration.ofSeconds(30));
        untold.close();
        assertThat(Workers.result(drained)).isTrue();
        assertThat(last.endCause()).isEqualTo(EndCause.SHUTDOWN);
    }

    /** Not the first end, not a detach, not a claim: only the last end. */
    @Test
    void drain_manySessions_waitsForTheLast() throws Exception {
        List<Session<String>> sessions = fixture.createMany(transport, 20);
        FutureTask<Boolean> drained = drainInBackground(LONG);
        transport.gone();
        Session<String> last = sessions.get(19);
        assertThat(last.claim(fixture.transport("second"))).isTrue();
        for (Session<String> session : sessions.subList(0, 19)) {
            assertThat(session.destroy()).isTrue();
            assertThat(drained).isNotDone();
        }
        Workers.awaitWaiting(drainer[0]);
        assertThat(last.destroy()).isTrue();
        assertThat(Workers.result(drained)).isTrue();
        fixture.assertConsistent();
    }

    /** Of a manager that nobody listens to, so that one signal has to wake both. */
    @Test
    void drain_twoDrainers_bothReturnTrue() throws Exception {
        SessionManager<String> untold =
                SessionManager.<String>builder().callerSweeps().build();
        Session<String> session = untold.create(untold.openTransport("ws"));
        FutureTask<Boolean> first = drainInBackground(untold, LONG);
        FutureTask<Boolean> second = drainInBackground(untold, LONG);
        assertThat(session.destroy()).isTrue();
        assertThat(Workers.result(first)).isTrue();
        assertThat(Workers.result(second)).isTrue();
    }

    @Test
    void drain_interrupted_throwsAndKeepsDraining() {
        Session<String> session = manager.create(transport);
        FutureTask<Boolean> drained = drainInBackground(LONG);
        drainer[0].interrupt();
        assertThatThrownBy(() -> Workers.result(drained)).isInstanceOf(InterruptedException.class);
        assertThat(session.isLive()).isTrue();
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("DRAINING");
        fixture.assertConsistent();
    }

    @Test
    void drain_managerClosesMeanwhile_returnsTrue() throws Exception {
        fixture.createMany(transport, 300);
        FutureTask<Boolean> drained = drainInBackground(LONG);
        manager.close();
        assertThat(Workers.result(drained)).isTrue();
        // Closed stays closed, whoever drains afterwards.
        assertThat(manager.drain(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("CLOSED");
    }

    /**
     * Once drain() returned true the manager is empty for good: creates that race with it are
     * counted by it or refused (G10). Threads create and destroy until they are refused.
     */
    @Test
    void drain_createsUnderWay_missesNone() throws Exception {
        for (int round = 0; round < 50; round++) {
            Fixture own = Fixture.create();
            Transport<String> owner = own.transport("ws");
            CountDownLatch started = new CountDownLatch(2);
            Workers workers = new Workers();
            for (int i = 0; i < 2; i++) {
                workers.add(() -> {
                    started.countDown();
                    try {
                        while (true) {
                            own.manager.create(owner).destroy();
                        }
                    } catch (SessionRejectedException e) {
                        assertThat(e.reason()).isEqualTo(RejectReason.DRAINING);
                    }
                    return null;
                });
            }
            workers.add(() -> {
                Workers.await(started);
                assertThat(own.manager.drain(LONG)).isTrue();
                SessionCounts drained = own.manager.counts();
                assertThat(drained.live()).isZero();
                assertThatThrownBy(() -> own.manager.create(owner)).isInstanceOf(SessionRejectedException.class);
                assertThat(own.manager.counts().created()).isEqualTo(drained.created());
                return null;
            });
            workers.run();
            own.assertConsistent();
        }
    }
}
