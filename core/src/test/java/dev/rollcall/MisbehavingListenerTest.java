package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input, design section 9: a listener that throws or blocks, an executor that refuses (G8, G11). */
class MisbehavingListenerTest {
    private final LogCapture log = LogCapture.open();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Throws on every event. */
    private record Thrower(Supplier<Throwable> thrown) implements SessionListener<String> {
        @Override
        public void created(Session<String> session, Transport<String> transport) {
            fail();
        }

        @Override
        public void detached(Session<String> session, Transport<String> from) {
            fail();
        }

        @Override
        public void claimed(Session<String> session, Transport<String> from, Transport<String> to) {
            fail();
        }

        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            fail();
        }

        private void fail() {
            MisbehavingListenerTest.<RuntimeException>sneakyThrow(thrown.get());
        }
    }

    @SuppressWarnings("unchecked") // erased: any throwable passes
    private static <T extends Throwable> void sneakyThrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(
                () -> new IllegalStateException("thrown on purpose"),
                () -> new AssertionError("thrown on purpose"),
                () -> new StackOverflowError("thrown on purpose"),
                () -> new OutOfMemoryError("thrown on purpose"),
                () -> new InterruptedException("checked, thrown on purpose"));
    }

    /** The thrower comes first, the recorder after it: each event reaches both. */
    @ParameterizedTest
    @MethodSource("throwables")
    void everyOperation_listenerThrows_harmsNobody(Supplier<Throwable> thrown) {
        Recorder<String> recorder = new Recorder<>();
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(new ManualTicker())
                .reclaimTimeout(Duration.ofSeconds(1))
                .listener(new Thrower(thrown))
                .listener(recorder)
                .build();
        Transport<String> first = manager.openTransport("first");
        Transport<String> second = manager.openTransport("second");
        Session<String> session = manager.create(first);
        assertThat(first.gone()).isTrue();
        assertThat(session.claim(second)).isTrue();
        assertThat(session.destroy()).isTrue();
        List<Session<String>> more = List.of(manager.create(second), manager.create(second));
        manager.close();

        assertThat(recorder.history(session))
                .containsExactly("created first", "detached first", "claimed nobody second", "ended DESTROYED");
        more.forEach(each -> assertThat(recorder.history(each)).containsExactly("created second", "ended SHUTDOWN"));
        Fixture.assertConsistent(manager);
        assertThat(log.records()).hasSize(8).allSatisfy(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getThrown()).hasMessageContaining("on purpose");
            assertThat(record.getMessage()).startsWith("listener failed on ");
        });
        assertThat(log.messages().get(0)).contains("CREATED");
        assertThat(log.messages().get(3)).contains("ENDED").contains("DESTROYED");
    }

    /** Session 1's listener waits; all other sessions of the same shard go on, as do all operations on 1. */
    @Test
    void everyOperation_listenerBlocksOnOneSession_goesOn() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Fixture fixture = Fixture.bare(builder -> builder.shards(1)
                .reclaimTimeout(Fixture.RECLAIM_TIMEOUT)
                .listener(new SessionListener<>() {
                    @Override
                    public void created(Session<String> session, Transport<String> transport) {
                        if (session.id() == 1) {
                            entered.countDown();
                            await(release);
                        }
                    }
                }));
        Transport<String> transport = fixture.transport("ws");
        CompletableFuture<Session<String>> blocked =
                CompletableFuture.supplyAsync(() -> fixture.create(transport, 1), newThread());
        await(entered);

        Session<String> session = fixture.manager.find(1);
        assertThat(session.keepAlive()).isTrue();
        assertThat(session.setSessionTimeout(Duration.ofSeconds(9))).isTrue();
        Session<String> other = fixture.create(transport, 2);
        assertThat(transport.gone()).isTrue();
        assertThat(session.claim(fixture.transport("new"))).isTrue();
        assertThat(other.destroy()).isTrue();
        assertThat(fixture.sweepAfter(Duration.ofSeconds(10))).isEqualTo(1);
        assertThat(fixture.manager.counts().live()).isZero();
        fixture.assertConsistent();
        assertThat(blocked).isNotDone();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws");
        assertThat(fixture.recorder.history(other)).containsExactly("created ws", "detached ws", "ended DESTROYED");

        release.countDown();
        assertThat(blocked.get(30, TimeUnit.SECONDS)).isSameAs(session);
        assertThat(fixture.recorder.history(session))
                .containsExactly("created ws", "detached ws", "claimed nobody new", "ended TIMED_OUT");
    }

    /** With an executor a listener that blocks does not even delay the caller. */
    @Test
    void create_listenerBlocksOnExecutor_returns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Fixture fixture =
                Fixture.bare(builder -> builder.listenerExecutor(newThread()).listener(new SessionListener<>() {
                    @Override
                    public void created(Session<String> session, Transport<String> transport) {
                        await(release);
                    }

                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        ended.countDown();
                    }
                }));
        Session<String> session = fixture.manager.create(fixture.transport("ws"));
        assertThat(session.destroy()).isTrue();
        release.countDown();
        await(ended);
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended DESTROYED");
    }

    /** Whatever the executor does with the order of its tasks, a session's events stay in order (G8). */
    @Test
    void events_executorRunsTasksLateAndBackwards_eachSessionInOrder() {
        List<Runnable> tasks = Collections.synchronizedList(new ArrayList<>());
        Fixture fixture = Fixture.bare(
                builder -> builder.reclaimTimeout(Fixture.RECLAIM_TIMEOUT).listenerExecutor(tasks::add));
        Transport<String> transport = fixture.transport("ws");
        Transport<String> second = fixture.transport("second");
        List<Session<String>> sessions = fixture.createMany(transport, 5);
        transport.gone();
        sessions.forEach(session -> session.claim(second));
        sessions.forEach(Session::destroy);
        assertThat(fixture.recorder.size()).isZero();
        while (!tasks.isEmpty()) {
            tasks.remove(tasks.size() - 1).run();
        }
        sessions.forEach(session -> assertThat(fixture.recorder.history(session))
                .containsExactly("created ws", "detached ws", "claimed nobody second", "ended DESTROYED"));
    }

    @Test
    void events_executorRefuses_deliveredByTheCallerAndLogged() {
        Fixture fixture = Fixture.bare(builder -> builder.listenerExecutor(task -> {
            throw new RejectedExecutionException("full on purpose");
        }));
        Session<String> session = fixture.manager.create(fixture.transport("ws"));
        assertThat(session.destroy()).isTrue();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended DESTROYED");
        assertThat(log.warnings())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("listener executor"));
    }

    /**
     * An executor that cannot start a thread throws an error, not an exception. The operation must
     * not stop half-way for it: close() ends all, and no event is lost (G5, G8, G10).
     */
    @Test
    void everyOperation_executorThrowsError_completesAndDelivers() {
        Fixture fixture = Fixture.bare(builder -> builder.shards(4)
                .reclaimTimeout(Fixture.RECLAIM_TIMEOUT)
                .listenerExecutor(task -> {
                    throw new OutOfMemoryError("unable to create native thread, on purpose");
                }));
        Transport<String> transport = fixture.transport("ws");
        List<Session<String>> sessions = new ArrayList<>();
        for (int id = 1; id <= 10; id++) {
            int chosen = id;
            assertThatCode(() -> sessions.add(fixture.create(transport, chosen)))
                    .doesNotThrowAnyException();
        }
        assertThatCode(transport::gone).doesNotThrowAnyException();
        assertThat(fixture.manager.counts().attached()).isZero();
        assertThatCode(fixture.manager::close).doesNotThrowAnyException();
        assertThat(fixture.manager.counts().live()).isZero();
        fixture.assertConsistent();
        sessions.forEach(session -> assertThat(fixture.recorder.history(session))
                .containsExactly("created ws", "detached ws", "ended SHUTDOWN"));
    }

    /** The warning itself must not fail: a ticker that throws as well may not stop close() half-way. */
    @Test
    void close_listenerAndTickerThrow_endsAll() {
        boolean[] broken = {false};
        Recorder<String> recorder = new Recorder<>();
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .shards(4)
                .ticker(() -> {
                    if (broken[0]) {
                        throw new IllegalStateException("no time, on purpose");
                    }
                    return 0;
                })
                .listener(new Thrower(() -> new IllegalStateException("thrown on purpose")))
                .listener(recorder)
                .build();
        Transport<String> transport = manager.openTransport("ws");
        List<Session<String>> sessions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sessions.add(manager.create(transport));
        }
        broken[0] = true;
        assertThatCode(manager::close).doesNotThrowAnyException();
        assertThat(manager.counts().live()).isZero();
        sessions.forEach(
                session -> assertThat(recorder.history(session)).containsExactly("created ws", "ended SHUTDOWN"));
    }

    private static Executor newThread() {
        return task -> {
            Thread thread = new Thread(task, "test");
            thread.setDaemon(true);
            thread.start();
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).as("latch opened").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An event is delivered once its last listener has returned, not once that was called. */
    @Test
    void close_listenerOfTheLastEndBlocks_isNotOverUntilItReturns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Fixture fixture = Fixture.with(builder -> builder.listener(new SessionListener<>() {
            @Override
            public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                entered.countDown();
                Workers.await(release);
            }
        }));
        Session<String> last = fixture.create(fixture.transport("ws"), 1);
        FutureTask<Boolean> ended = Workers.start(last::destroy);
        try {
            Workers.await(entered);
            assertThat(fixture.manager.close(Duration.ZERO)).isFalse();
        } finally {
            release.countDown();
        }
        assertThat(Workers.result(ended)).isTrue();
        assertThat(fixture.manager.close(Duration.ofSeconds(100))).isTrue();
    }
}
