package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input, design section 9: a listener executor that breaks its contract (G8, G11). What an
 * executor did with a task cannot be told from whether {@code execute} threw: it may have kept the
 * task, run it, handed it to a thread, or lost it. Each event is delivered once, in order, all the
 * same; and an event whose task was lost is delivered with the session's next one.
 *
 * <p>Whatever may hang runs in a thread of its own, so that a defect fails instead of stopping here.
 */
class MisbehavingExecutorTest {
    private static final String[] WHOLE_LIFE = {"created ws", "detached ws", "claimed nobody new", "ended DESTROYED"};

    private static final long PATIENCE_SECONDS = 60;

    private final LogCapture log = LogCapture.open();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** An executor, and the wait until it has run all that it will ever run. */
    record Subject(Executor executor, Runnable settle) {}

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                subject(
                        "pool of 0 … 1 threads whose first thread cannot be made",
                        () -> pool(threads ->
                                new ThreadPoolExecutor(0, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>(), threads))),
                subject(
                        "scheduled pool whose first thread cannot be made",
                        () -> pool(threads -> Executors.newScheduledThreadPool(1, threads))),
                subject(
                        "runs the task, then throws",
                        () -> inline(task -> {
                            task.run();
                            throw new IllegalStateException("after the task, on purpose");
                        })),
                subject(
                        "runs the task, then throws an error",
                        () -> inline(task -> {
                            task.run();
                            throw new InternalError("after the task, on purpose");
                        })),
                subject("keeps the task and throws", () -> keeping(true)),
                subject("starts a thread for the task and throws", () -> threads(1, true)),
                subject(
                        "runs the task twice",
                        () -> inline(task -> {
                            task.run();
                            task.run();
                        })),
                subject("runs the task in two threads", () -> threads(2, false)),
                subject(
                        "throws an error",
                        () -> inline(task -> {
                            throw new InternalError("no thread, on purpose");
                        })));
    }

    private static Arguments subject(String name, Supplier<Subject> subject) {
        return Arguments.of(name, subject);
    }

    /** A pool whose thread factory fails the first time; by then the pool has queued the task. */
    private static Subject pool(Function<ThreadFactory, ExecutorService> made) {
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService pool = made.apply(task -> {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("no thread, on purpose");
            }
            return daemon(task);
        });
        return new Subject(pool, () -> {
            // One more task, for the pool may have kept one without a thread.
            pool.execute(() -> {});
            terminate(pool);
        });
    }

    private static Subject inline(Consumer<Runnable> executor) {
        return new Subject(executor::accept, () -> {});
    }

    /** Keeps each task until settled, then runs the newest first. */
    private static Subject keeping(boolean thenThrows) {
        List<Runnable> kept = new ArrayList<>();
        return new Subject(
                task -> {
                    kept.add(task);
                    if (thenThrows) {
                        throw new IllegalStateException("kept it, on purpose");
                    }
                },
                () -> {
                    while (!kept.isEmpty()) {
                        kept.remove(kept.size() - 1).run();
                    }
                });
    }

    private static Subject threads(int howMany, boolean thenThrows) {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        return new Subject(
                task -> {
                    for (int i = 0; i < howMany; i++) {
                        runs.add(CompletableFuture.runAsync(
                                task, started -> daemon(started).start()));
                    }
                    if (thenThrows) {
                        throw new IllegalStateException("started it, on purpose");
                    }
                },
                () -> runs.forEach(CompletableFuture::join));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void everyOperation_executorMisbehaves_deliversEachEventOnceInOrder(String name, Supplier<Subject> made)
            throws Exception {
        Subject subject = made.get();
        Fixture fixture = with(subject.executor());
        List<Session<String>> sessions = new ArrayList<>();
        returns(() -> sessions.addAll(liveAndEnd(fixture, 3)));
        returns(subject.settle());
        assertThat(sessions)
                .allSatisfy(
                        session -> assertThat(fixture.recorder.history(session)).containsExactly(WHOLE_LIFE));
        fixture.assertConsistent();
    }

    /** Of a session's four events the task of one is lost, without a word. */
    @ParameterizedTest(name = "task {0}")
    @MethodSource("tasks")
    void everyOperation_executorDropsOneTask_deliversWithTheNextEvent(int lost) throws Exception {
        int[] seen = {0};
        Fixture fixture = with(task -> {
            if (++seen[0] != lost) {
                task.run();
            }
        });
        Transport<String> transport = fixture.transport("ws");
        returns(() -> {
            Session<String> session = fixture.create(transport, 1);
            transport.gone();
            String[] soFar = lost == 2 ? new String[] {"created ws"} : new String[] {"created ws", "detached ws"};
            assertThat(fixture.recorder.history(session)).containsExactly(soFar);
            session.claim(fixture.transport("new"));
            session.destroy();
            assertThat(fixture.recorder.history(session)).containsExactly(WHOLE_LIFE);
        });
        fixture.assertConsistent();
    }

    static Stream<Integer> tasks() {
        return Stream.of(1, 2, 3);
    }

    /** A lost task is the loss of one session's events until its next: others do not notice. */
    @Test
    void create_executorDropsItsTask_otherSessionsAreTold() throws Exception {
        boolean[] dropping = {true};
        Fixture fixture = with(task -> {
            if (!dropping[0]) {
                task.run();
            }
        });
        Transport<String> transport = fixture.transport("ws");
        returns(() -> {
            Session<String> unlucky = fixture.create(transport, 1);
            dropping[0] = false;
            Session<String> lucky = fixture.create(transport, 2);
            assertThat(fixture.recorder.history(lucky)).containsExactly("created ws");
            assertThat(fixture.recorder.history(unlucky)).isEmpty();
            assertThat(unlucky.destroy()).isTrue();
            assertThat(fixture.recorder.history(unlucky)).containsExactly("created ws", "ended DESTROYED");
        });
        fixture.assertConsistent();
    }

    /** The pool gives its queued tasks back to whoever shuts it down, and refuses from then on. */
    @Test
    void everyOperation_poolIsShutDownBetweenTwoEvents_deliversAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor(MisbehavingExecutorTest::daemon);
        pool.execute(() -> {
            begun.countDown();
            Workers.await(release);
        });
        Workers.await(begun);
        Fixture fixture = with(pool);
        Transport<String> transport = fixture.transport("ws");
        Session<String> session = fixture.create(transport, 1);
        List<Runnable> givenBack = pool.shutdownNow();
        release.countDown();
        assertThat(givenBack).hasSize(1);
        assertThat(fixture.recorder.history(session)).isEmpty();

        returns(transport::gone);
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "detached ws");
        returns(() -> session.claim(fixture.transport("new")));
        returns(session::destroy);
        assertThat(fixture.recorder.history(session)).containsExactly(WHOLE_LIFE);
        // What was given back may still be run, by an application that means well.
        returns(() -> givenBack.forEach(Runnable::run));
        assertThat(fixture.recorder.history(session)).containsExactly(WHOLE_LIFE);
        fixture.assertConsistent();
    }

    private static Fixture with(Executor executor) {
        return Fixture.bare(builder ->
                builder.shards(1).reclaimTimeout(Fixture.RECLAIM_TIMEOUT).listenerExecutor(executor));
    }

    private static List<Session<String>> liveAndEnd(Fixture fixture, int howMany) {
        Transport<String> transport = fixture.transport("ws");
        Transport<String> second = fixture.transport("new");
        List<Session<String>> sessions = fixture.createMany(transport, howMany);
        transport.gone();
        sessions.forEach(session -> assertThat(session.claim(second)).isTrue());
        sessions.forEach(session -> assertThat(session.destroy()).isTrue());
        return sessions;
    }

    private static void returns(Runnable operation) throws Exception {
        Workers.result(Workers.start(() -> {
            operation.run();
            return null;
        }));
    }

    private static void terminate(ExecutorService pool) {
        pool.shutdown();
        try {
            assertThat(pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("all tasks of the pool came to an end")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "listener");
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void status_executorDropsATask_tellsTheBacklogUntilTheNextEvent() throws Exception {
        int[] seen = {0};
        Fixture fixture = with(task -> {
            if (++seen[0] > 1) {
                task.run();
            }
        });
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(fixture.manager.status().eventBacklog()).isEqualTo(1);
        assertThat(session.destroy()).isTrue();
        assertThat(fixture.manager.status().eventBacklog()).isZero();
        assertThat(fixture.manager.close(Duration.ZERO)).isTrue();
    }

    @Test
    void status_executorDropsTheLastTask_staysVisible() throws Exception {
        int[] seen = {0};
        Fixture fixture = with(task -> {
            if (++seen[0] == 1) {
                task.run();
            }
        });
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(session.destroy()).isTrue();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws");
        assertThat(fixture.manager.status().eventBacklog()).isEqualTo(1);
        assertThat(fixture.manager.close(Duration.ZERO)).isFalse();
        assertThat(fixture.manager.close(Duration.ofMillis(1))).isFalse();
        assertThat(fixture.manager.status().eventBacklog()).isEqualTo(1);
    }

    @Test
    void status_poolIsShutDownWithATask_tellsTheBacklogUntilTheNextEvent() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor(MisbehavingExecutorTest::daemon);
        pool.execute(() -> {
            begun.countDown();
            Workers.await(release);
        });
        Workers.await(begun);
        Fixture fixture = with(pool);
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(pool.shutdownNow()).hasSize(1);
        release.countDown();
        assertThat(fixture.manager.status().eventBacklog()).isEqualTo(1);
        assertThat(fixture.manager.close(Duration.ZERO)).isTrue();
        assertThat(fixture.manager.status().eventBacklog()).isZero();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended SHUTDOWN");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void close_executorMisbehaves_waitsUntilAllIsDelivered(String name, Supplier<Subject> made) throws Exception {
        Subject subject = made.get();
        Fixture fixture = with(subject.executor());
        List<Session<String>> sessions = new ArrayList<>();
        returns(() -> {
            sessions.addAll(fixture.createMany(fixture.transport("ws"), 3));
            fixture.manager.close();
        });
        FutureTask<Boolean> closed = Workers.start(() -> fixture.manager.close(Duration.ofSeconds(100)), new Thread[1]);
        returns(subject.settle());
        assertThat(Workers.result(closed)).isTrue();
        assertThat(fixture.manager.status().eventBacklog()).isZero();
        assertThat(sessions)
                .allSatisfy(session ->
                        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended SHUTDOWN"));
    }

    @Test
    void close_executorStillHasEvents_waitsForThem() throws Exception {
        Subject subject = keeping(false);
        Fixture fixture = with(subject.executor());
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(fixture.manager.close(Duration.ZERO)).isFalse();
        assertThat(fixture.manager.status().eventBacklog()).isEqualTo(2);
        Thread[] closer = new Thread[1];
        FutureTask<Boolean> closed = Workers.start(() -> fixture.manager.close(Duration.ofSeconds(100)), closer);
        Workers.awaitWaiting(closer[0]);
        subject.settle().run();
        assertThat(Workers.result(closed)).isTrue();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended SHUTDOWN");
        assertThat(fixture.manager.status().eventBacklog()).isZero();
    }

    @Test
    void close_interruptedWhileItWaits_throwsAndIsClosed() throws Exception {
        Subject subject = keeping(false);
        Fixture fixture = with(subject.executor());
        fixture.create(fixture.transport("ws"), 1);
        Thread[] closer = new Thread[1];
        FutureTask<Boolean> closed = Workers.start(() -> fixture.manager.close(Duration.ofSeconds(100)), closer);
        Workers.awaitWaiting(closer[0]);
        closer[0].interrupt();
        assertThatThrownBy(() -> Workers.result(closed)).isInstanceOf(InterruptedException.class);
        assertThat(fixture.manager.phase()).isEqualTo(ManagerPhase.CLOSED);
        assertThat(fixture.manager.counts().ended(EndCause.SHUTDOWN)).isEqualTo(1);
    }
}
