package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The manager's own thread. It runs in real time, so nothing here asserts one. */
class SweeperTest {
    private static final Duration SHORT = Duration.ofMillis(2);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Thread> sweeper = new AtomicReference<>();

    private SessionManagerBuilder<String> builder() {
        return SessionManager.<String>builder()
                .tick(Duration.ofMillis(1))
                .sessionTimeout(SHORT)
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        sweeper.set(Thread.currentThread());
                        ended.countDown();
                    }
                });
    }

    /**
     * A session about to time out, with its created event delivered: else the thread that delivers
     * that might be the one to deliver the ended event too.
     */
    private static Session<String> createIdle(SessionManager<String> manager, long id) {
        Session<String> session = manager.create(
                manager.openTransport("ws"), Fixture.options().id(id).sessionTimeout(Duration.ofHours(1)));
        session.setSessionTimeout(SHORT);
        return session;
    }

    @Test
    void ownThread_sessionIsIdle_endsIt() {
        try (SessionManager<String> manager = builder().build()) {
            Session<String> session = createIdle(manager, 1);
            Workers.await(ended);
            assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
            assertThat(manager.counts().live()).isZero();
            assertThat(sweeper.get().getName()).startsWith("rollcall-sweeper-");
            assertThat(sweeper.get().isDaemon()).isTrue();
        }
    }

    @Test
    void ownThread_coarseClock_endsAnIdleSession() {
        CountDownLatch timedOut = new CountDownLatch(1);
        try (SessionManager<String> manager = SessionManager.<String>builder()
                .coarseClock()
                .tick(Duration.ofMillis(20))
                .sessionTimeout(Duration.ofMillis(20))
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        timedOut.countDown();
                    }
                })
                .build()) {
            Session<String> session = manager.create(manager.openTransport("ws"));
            Workers.await(timedOut);
            assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        }
    }

    /** A virtual thread needs memory to wait, and must not end for want of it. */
    @Test
    void run_noMemoryToWait_sweepsAllTheSame() {
        ManualTicker ticker = new ManualTicker();
        try (SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .ticker(ticker)
                .sessionTimeout(SHORT)
                .build()) {
            Session<String> session = manager.create(manager.openTransport("ws"));
            ticker.advance(Duration.ofSeconds(1));
            Sweeper sweeper = new Sweeper(manager, 0, Thread::new) {
                private boolean isOver;

                @Override
                void park(long nanos) {
                    if (isOver) {
                        stop();
                        return;
                    }
                    isOver = true;
                    throw new OutOfMemoryError("on purpose");
                }
            };
            sweeper.run();
            assertThat(session.endCause()).isEqualTo(EndCause.TIMED_OUT);
        }
    }

    @Test
    void ownThread_sessionIsDetached_endsIt() {
        try (SessionManager<String> manager = builder().reclaimTimeout(SHORT).build()) {
            Transport<String> transport = manager.openTransport("ws");
            Session<String> session =
                    manager.create(transport, Fixture.options().sessionTimeout(Duration.ZERO));
            transport.gone();
            Workers.await(ended);
            assertThat(session.endCause()).isEqualTo(EndCause.RECLAIM_EXPIRED);
        }
    }

    /** G10: once closed the manager leaves no thread behind. */
    @Test
    void close_ownThread_stopsIt() throws InterruptedException {
        SessionManager<String> manager = builder().build();
        createIdle(manager, 1);
        Workers.await(ended);
        manager.close();
        sweeper.get().join();
        assertThat(sweeper.get().isAlive()).isFalse();
    }

    /** A listener may close the manager, on the sweeping thread too: it must not wait for itself. */
    @Test
    void close_fromTheSweepingThread_stopsIt() throws InterruptedException {
        AtomicReference<SessionManager<String>> managed = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch ready = new CountDownLatch(1);
        SessionManager<String> manager = builder()
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        Workers.await(ready);
                        managed.get().close();
                        closed.countDown();
                    }
                })
                .build();
        managed.set(manager);
        ready.countDown();
        createIdle(manager, 1);
        Workers.await(closed);
        sweeper.get().join();
        assertThat(manager.toString()).contains("CLOSED");
    }

    /** G2, G10: its thread is between two batches of a sweep when another thread closes the manager. */
    @Test
    void close_amidASweepOfItsThread_endsEachSessionOnceAndStopsIt() throws InterruptedException {
        int sessions = 3 * Batch.SIZE;
        CountDownLatch sweeping = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Queue<Long> told = new ConcurrentLinkedQueue<>();
        SessionManager<String> manager = SessionManager.<String>builder()
                .tick(Duration.ofMillis(1))
                .shards(1)
                .sessionTimeout(Duration.ofHours(1))
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        told.add(session.id());
                        if (sweeper.compareAndSet(null, Thread.currentThread())) {
                            sweeping.countDown();
                            Workers.await(closed);
                        }
                    }
                })
                .build();
        Transport<String> transport = manager.openTransport("ws");
        for (int id = 1; id <= sessions; id++) {
            manager.create(transport, Fixture.options().id(id));
        }
        manager.forEach(session -> session.setSessionTimeout(SHORT));
        Workers.await(sweeping);
        manager.close();
        closed.countDown();
        sweeper.get().join();

        SessionCounts counts = manager.counts();
        assertThat(told).hasSize(sessions).doesNotHaveDuplicates();
        assertThat(counts.ended(EndCause.TIMED_OUT)).isBetween(1L, (long) Batch.SIZE);
        assertThat(counts.ended(EndCause.SHUTDOWN)).isEqualTo(sessions - counts.ended(EndCause.TIMED_OUT));
        assertThat(counts.live()).isZero();
    }

    /** A listener that leaves its thread interrupted must not keep the sweeping thread from parking. */
    @Test
    void ownThread_listenerInterruptsIt_clearsTheInterrupt() {
        AtomicReference<Boolean> interruptedLater = new AtomicReference<>();
        CountDownLatch endedLater = new CountDownLatch(1);
        try (SessionManager<String> manager = builder()
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        if (session.id() == 1) {
                            Thread.currentThread().interrupt();
                        } else if (cause == EndCause.TIMED_OUT) {
                            interruptedLater.set(Thread.currentThread().isInterrupted());
                            endedLater.countDown();
                        }
                    }
                })
                .build()) {
            createIdle(manager, 1);
            Workers.await(ended);
            createIdle(manager, 2);
            Workers.await(endedLater);
            assertThat(interruptedLater.get()).isFalse();
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("exception", () -> {
                    throw new IllegalStateException("no time, on purpose");
                }),
                failure("error", () -> {
                    throw new OutOfMemoryError("on purpose");
                }));
    }

    private static Arguments failure(String name, Ticker ticker) {
        return Arguments.of(name, ticker);
    }

    /** A sweep that fails is logged, and the next one ends what is due. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void ownThread_tickerThrowsOnce_goesOn(String name, Ticker failing) {
        AtomicBoolean broken = new AtomicBoolean();
        CountDownLatch thrown = new CountDownLatch(1);
        LogCapture log = LogCapture.open();
        try (SessionManager<String> manager = builder()
                .ticker(() -> {
                    if (broken.get()) {
                        thrown.countDown();
                        return failing.nanos();
                    }
                    return System.nanoTime();
                })
                .build()) {
            Session<String> session = manager.create(
                    manager.openTransport("ws"), Fixture.options().sessionTimeout(Duration.ofHours(1)));
            broken.set(true);
            Workers.await(thrown);
            broken.set(false);
            session.setSessionTimeout(SHORT);
            Workers.await(ended);
            assertThat(log.records())
                    .isNotEmpty()
                    .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.SEVERE));
            assertThat(log.messages().get(0)).contains("sweep failed");
        } finally {
            log.close();
        }
    }

    private static SessionManager<String> sweptByHand(Ticker ticker) {
        return SessionManager.<String>builder().callerSweeps().ticker(ticker).build();
    }

    /** One sweep for each period, and one for all that a pause has missed; the clock wraps around meanwhile. */
    @Test
    void run_parksEndEarlyOrLate_sweepsWhenItIsTime() {
        long period = 1_000;
        long begin = Long.MAX_VALUE - 3 * period / 2;
        Deque<Long> late = new ArrayDeque<>(List.of(0L, -600L, 0L, 0L, 4_300L, 0L));
        long[] now = {begin};
        Set<Long> sweptAt = new LinkedHashSet<>();
        SessionManager<String> manager = sweptByHand(() -> {
            sweptAt.add(now[0] - begin);
            return 0;
        });
        sweptAt.clear();
        Sweeper sweeper = new Sweeper(manager, period, Thread::new) {
            @Override
            long nanos() {
                return now[0];
            }

            @Override
            void park(long nanos) {
                if (late.isEmpty()) {
                    stop();
                } else {
                    now[0] += nanos + late.remove();
                }
            }
        };
        try {
            sweeper.run();
        } finally {
            Reference.reachabilityFence(manager); // without it the sweeper would end
        }
        assertThat(sweptAt).containsExactly(1_000L, 2_000L, 3_000L, 8_300L, 9_300L);
    }

    @Test
    void park_forAMinute_waits() throws Exception {
        Sweeper sweeper = new Sweeper(sweptByHand(() -> 0), 1, Thread::new);
        Thread[] parked = new Thread[1];
        FutureTask<Boolean> done = Workers.start(
                () -> {
                    sweeper.park(TimeUnit.MINUTES.toNanos(1));
                    return true;
                },
                parked);
        Workers.awaitWaiting(parked[0]);
        LockSupport.unpark(parked[0]);
        assertThat(Workers.result(done)).isTrue();
    }

    @Test
    void callerSweeps_nobodySweeps_endsNothing() {
        Fixture fixture = Fixture.create();
        fixture.create(fixture.transport("ws"), 1);
        fixture.ticker.advance(Duration.ofDays(1));
        assertThat(fixture.manager.counts().live()).isEqualTo(1);
        assertThat(fixture.manager.sweep()).isEqualTo(1);
    }
}
