package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input, design section 9: a log that throws when the library reports that something else has
 * (G8, G10). The report is lost; nothing else is.
 */
class MisbehavingLogTest {
    private static final Duration SHORT = Duration.ofMillis(2);

    private final ThrowingLog log = new ThrowingLog();

    @BeforeEach
    void openLog() {
        log.open();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Throws whatever is published. */
    private static final class ThrowingLog extends Handler {
        private final Logger logger = Logger.getLogger("dev.rollcall");
        private final AtomicInteger published = new AtomicInteger();
        private volatile Supplier<Throwable> thrown;

        void open() {
            logger.addHandler(this);
            logger.setUseParentHandlers(false);
        }

        @Override
        public void publish(LogRecord record) {
            published.incrementAndGet();
            if (thrown == null) {
                return;
            }
            Throwable now = thrown.get();
            if (now instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) now;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }

    /** Throws on every event, so that there is something to log. */
    private static final class Thrower implements SessionListener<String> {
        @Override
        public void created(Session<String> session, Transport<String> transport) {
            throw new IllegalStateException("created, on purpose");
        }

        @Override
        public void detached(Session<String> session, Transport<String> from) {
            throw new IllegalStateException("detached, on purpose");
        }

        @Override
        public void ended(Session<String> session, Transport<String> from, EndCause cause) {
            throw new IllegalStateException("ended, on purpose");
        }
    }

    /** No OutOfMemoryError among them: one that reaches JUnit ends its whole run. */
    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(
                () -> new IllegalStateException("no log, on purpose"),
                () -> new AssertionError("no log, on purpose"),
                () -> new InternalError("no log, on purpose"),
                () -> new StackOverflowError("no log, on purpose"));
    }

    /** The recorder comes after the listener whose failure cannot be logged. */
    private static final class Subject {
        final ManualTicker ticker = new ManualTicker();
        final Recorder<String> recorder = new Recorder<>();
        final SessionManager<String> manager;
        final Transport<String> transport;

        Subject(Duration reclaimTimeout) {
            manager = SessionManager.<String>builder()
                    .callerSweeps()
                    .ticker(ticker)
                    .shards(2)
                    .sessionTimeout(Fixture.SESSION_TIMEOUT)
                    .reclaimTimeout(reclaimTimeout)
                    .listener(new Thrower())
                    .listener(recorder)
                    .build();
            transport = manager.openTransport("ws");
        }

        /** Creates what an operation will meet, while the log still works. */
        List<Session<String>> createMany() {
            return Stream.generate(() -> manager.create(transport)).limit(20).toList();
        }
    }

    private void assertTold(Subject subject, List<Session<String>> sessions, String... history) {
        assertThat(sessions)
                .allSatisfy(
                        session -> assertThat(subject.recorder.history(session)).containsExactly(history));
        assertThat(log.published.get()).isPositive();
        Fixture.assertConsistent(subject.manager);
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void create_logThrows_returnsTheSession(Supplier<Throwable> thrown) {
        log.thrown = thrown;
        Subject subject = new Subject(Duration.ZERO);
        Session<String> session = subject.manager.create(subject.transport);
        assertThat(session.isLive()).isTrue();
        assertTold(subject, List.of(session), "created ws");
        assertThat(session.destroy()).isTrue();
        assertTold(subject, List.of(session), "created ws", "ended DESTROYED");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void gone_logThrows_detachesAllAndTells(Supplier<Throwable> thrown) {
        Subject subject = new Subject(Fixture.RECLAIM_TIMEOUT);
        List<Session<String>> sessions = subject.createMany();
        log.thrown = thrown;
        assertThat(subject.transport.gone()).isTrue();
        assertTold(subject, sessions, "created ws", "detached ws");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void gone_withoutReclaimAndLogThrows_endsAllAndTells(Supplier<Throwable> thrown) {
        Subject subject = new Subject(Duration.ZERO);
        List<Session<String>> sessions = subject.createMany();
        log.thrown = thrown;
        assertThat(subject.transport.gone()).isTrue();
        assertTold(subject, sessions, "created ws", "ended TRANSPORT_GONE");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void sweep_logThrows_endsAllAndTells(Supplier<Throwable> thrown) {
        Subject subject = new Subject(Duration.ZERO);
        List<Session<String>> sessions = subject.createMany();
        log.thrown = thrown;
        subject.ticker.advance(Duration.ofDays(1));
        assertThat(subject.manager.sweep()).isEqualTo(sessions.size());
        assertTold(subject, sessions, "created ws", "ended TIMED_OUT");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void close_logThrows_endsAllAndTells(Supplier<Throwable> thrown) {
        Subject subject = new Subject(Duration.ZERO);
        List<Session<String>> sessions = subject.createMany();
        log.thrown = thrown;
        assertThatCode(subject.manager::close).doesNotThrowAnyException();
        assertThat(subject.manager.counts().live()).isZero();
        assertTold(subject, sessions, "created ws", "ended SHUTDOWN");
    }

    /** The executor refuses, which is worth a warning, which fails. */
    @ParameterizedTest
    @MethodSource("throwables")
    void everyOperation_executorRefusesAndLogThrows_delivers(Supplier<Throwable> thrown) {
        log.thrown = thrown;
        Fixture fixture = Fixture.bare(builder -> builder.listenerExecutor(task -> {
            throw new RejectedExecutionException("full on purpose");
        }));
        Session<String> session = fixture.manager.create(fixture.transport("ws"));
        assertThat(session.destroy()).isTrue();
        assertThat(fixture.recorder.history(session)).containsExactly("created ws", "ended DESTROYED");
        assertThat(log.published.get()).isPositive();
        fixture.assertConsistent();
    }

    /** A sweep fails, which is worth an error, which fails: the thread goes on. */
    @ParameterizedTest
    @MethodSource("throwables")
    void ownThread_tickerAndLogThrow_goesOn(Supplier<Throwable> thrown) {
        log.thrown = thrown;
        AtomicBoolean broken = new AtomicBoolean();
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        SessionManagerBuilder<String> builder = SessionManager.<String>builder()
                .tick(Duration.ofMillis(1))
                .sessionTimeout(SHORT)
                .ticker(() -> {
                    if (broken.get()) {
                        failed.countDown();
                        throw new IllegalStateException("no time, on purpose");
                    }
                    return System.nanoTime();
                })
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                        if (cause == EndCause.TIMED_OUT) {
                            timedOut.countDown();
                        }
                    }
                });
        try (SessionManager<String> manager = builder.build()) {
            Session<String> session = manager.create(
                    manager.openTransport("ws"), Fixture.options().sessionTimeout(Duration.ofHours(1)));
            broken.set(true);
            Workers.await(failed);
            broken.set(false);
            session.setSessionTimeout(SHORT);
            Workers.await(timedOut);
            assertThat(log.published.get()).isPositive();
        }
    }
}
