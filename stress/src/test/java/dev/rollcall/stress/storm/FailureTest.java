package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.EndCause;
import dev.rollcall.ManualTicker;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Ticker;
import dev.rollcall.Transport;
import dev.rollcall.stress.cluster.FreeSeats;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayCommand;
import dev.rollcall.stress.gateway.GatewayOptions;
import dev.rollcall.stress.gateway.Handles;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What GATEWAY.md promises for failures. The timeout is for children that do not say what they should. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MANY = 30;

    /** It tells of each failure, and here they are on purpose. Held, for loggers are weakly reachable. */
    private static final Logger GATEWAY_LOG = Logger.getLogger("dev.rollcall.stress.gateway");

    private final GatewayOptions options = GatewayTest.options();
    private Gateway gateway;

    private void start(UnaryOperator<SessionManagerBuilder<Handles>> settings) throws IOException {
        gateway = Gateway.start(options, settings);
    }

    @BeforeAll
    static void silence() {
        GATEWAY_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        GATEWAY_LOG.setLevel(null);
    }

    @AfterEach
    void close() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private Wire connect() throws IOException {
        return Wire.open(gateway.url(), Ask.PROTOCOL);
    }

    private void assertLive(long live) {
        Await.until(PATIENCE, () -> gateway.sessions().counts().live() == live);
        assertThat(gateway.sessions().counts().live()).isEqualTo(live);
        assertThat(gateway.sessions().audit().isClean()).isTrue();
    }

    @Test
    void clients_killed_leaveNoSession() throws Exception {
        start(settings -> settings);
        try (Child child = Child.start(Children.Clients.class, gateway.url().toString(), "" + MANY)) {
            child.line("ready " + MANY);
            assertLive(MANY);
            child.kill();
            assertLive(0);
            assertThat(gateway.sessions().counts().ended(EndCause.TRANSPORT_GONE))
                    .isEqualTo(MANY);
        }
    }

    @Test
    void proxy_killed_costsNobodyHisSession_whoClaimsInTime() throws Exception {
        options.reclaimTimeout = Duration.ofSeconds(60);
        start(settings -> settings);
        List<Long> ids = new ArrayList<>();
        try (Child proxy = Child.start(Children.Proxy.class, "" + gateway.url().getPort())) {
            URI through = URI.create("ws://127.0.0.1:" + proxy.line("ready ").substring("ready ".length()) + "/");
            for (int i = 0; i < MANY; i++) {
                ids.add(Ask.createdId(Wire.open(through, Ask.PROTOCOL).ask(Ask.create())));
            }
            proxy.kill();
        }
        Await.until(PATIENCE, () -> gateway.sessions().counts().detached() == MANY);
        assertThat(gateway.sessions().counts().detached()).isEqualTo(MANY);
        try (Wire direct = connect()) {
            for (long id : ids) {
                assertThat(direct.ask(Ask.about("claim", id)).toString()).contains("success");
            }
            assertThat(gateway.sessions().counts().attached()).isEqualTo(MANY);
        }
    }

    @Test
    void gateway_killed_isNoticedByItsClients_andItsSuccessorKnowsNoneOfItsSessions() throws Exception {
        Wire wire;
        long id;
        // A port that no client of the system is given before the second gateway takes it.
        String port = FreeSeats.of(1).replaceAll(".*-", "");
        URI address = Gateway.url("127.0.0.1", Integer.parseInt(port));
        String[] arguments = {"--port", port, "--admin-port", "0", "--admin-secret", "secret", "--drain-timeout", "60"};
        try (Child first = Child.start(GatewayCommand.class, arguments)) {
            first.line("clients ");
            wire = Wire.open(address, Ask.PROTOCOL);
            id = Ask.createdId(wire.ask(Ask.create()));
            first.kill();
        }
        assertThat(wire.awaitClose()).isEqualTo(1006);
        try (Child second = Child.start(GatewayCommand.class, arguments)) {
            second.line("clients ");
            try (Wire again = Wire.open(address, Ask.PROTOCOL)) {
                assertThat(Ask.code(again.ask(Ask.about("claim", id)))).isEqualTo(458);
                assertThat(again.ask(Ask.create()).toString()).contains("success");
                second.terminate();
                second.line("draining: 1 sessions live");
                assertThat(Ask.code(again.ask(Ask.create()))).isEqualTo(472);
            }
            second.line("drained: all sessions have ended");
        }
    }

    @Test
    void clock_thatJumps_endsWhatIsDueOnce_andThatGoesBackEndsNothing() throws Exception {
        ManualTicker ticker = new ManualTicker();
        start(settings -> settings.ticker(ticker));
        try (Wire wire = connect()) {
            long first = Ask.createdId(wire.ask(Ask.create()));
            ticker.advance(Duration.ofDays(-1));
            assertThat(wire.ask(Ask.about("keepalive", first)).toString()).contains("ack");
            ticker.advance(Duration.ofDays(2));
            assertThat(wire.receive().toString()).contains("timeout").contains("" + first);
            long second = Ask.createdId(wire.ask(Ask.create()));
            assertThat(wire.ask(Ask.about("keepalive", second)).toString()).contains("ack");
            assertLive(1);
            assertThat(gateway.sessions().counts().ended(EndCause.TIMED_OUT)).isEqualTo(1);
        }
        assertLive(0);
    }

    @Test
    void memory_thatRunsOutInACreate_isAnErrorAndNoMore() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean();
        AtomicLong ids = new AtomicLong();
        start(settings -> settings.idSource(() -> {
            if (isFull.get()) {
                throw new OutOfMemoryError("on purpose");
            }
            return ids.incrementAndGet();
        }));
        try (Wire wire = connect()) {
            wire.ask(Ask.create());
            isFull.set(true);
            assertThat(Ask.code(wire.ask(Ask.create()))).isEqualTo(490);
            assertThat(wire.ask(Ask.about("keepalive", 1)).toString()).contains("ack");
            assertLive(1);
            isFull.set(false);
            assertThat(wire.ask(Ask.create()).toString()).contains("success");
            assertLive(2);
        }
        assertLive(0);
    }

    /** Counts its readings by the gateway's threads once the heap is full, and fails at the first ones. */
    private static Ticker tickerThatFails(int times, AtomicBoolean isFull, AtomicLong readings) {
        Ticker system = Ticker.system();
        return () -> {
            // The sweeper reads it too; only a loss is to fail.
            if (isFull.get()
                    && Thread.currentThread().getName().startsWith("gateway-")
                    && readings.incrementAndGet() <= times) {
                throw new OutOfMemoryError("on purpose");
            }
            return system.nanos();
        };
    }

    @Test
    void memory_thatRunsOutWhenASocketCloses_losesNoLoss() throws Exception {
        AtomicLong failures = new AtomicLong();
        AtomicBoolean isFull = new AtomicBoolean();
        start(settings -> settings.ticker(tickerThatFails(1, isFull, failures)));
        Wire wire = connect();
        wire.ask(Ask.create());
        isFull.set(true);
        wire.reset();
        assertLive(0);
        assertThat(failures.get()).isGreaterThan(1);
    }

    @Test
    void log_thatFailsTooWhenASocketCloses_losesNoLoss() throws Exception {
        AtomicLong failures = new AtomicLong();
        AtomicBoolean isFull = new AtomicBoolean();
        // The first time when the socket closes, the second time by the clock.
        start(settings -> settings.ticker(tickerThatFails(2, isFull, failures)));
        Wire wire = connect();
        wire.ask(Ask.create());
        Handler full = new FullHandler();
        GATEWAY_LOG.addHandler(full);
        GATEWAY_LOG.setUseParentHandlers(false);
        GATEWAY_LOG.setLevel(Level.WARNING);
        try {
            isFull.set(true);
            wire.reset();
            assertLive(0);
            assertThat(failures.get()).isGreaterThan(2);
            Await.until(PATIENCE, () -> gateway.clientSockets() == 0);
            assertThat(gateway.clientSockets()).isZero();
        } finally {
            silence();
            GATEWAY_LOG.setUseParentHandlers(true);
            GATEWAY_LOG.removeHandler(full);
        }
    }

    /** There is no memory to log with either. */
    private static final class FullHandler extends Handler {
        @Override
        public void publish(LogRecord logged) {
            throw new OutOfMemoryError("on purpose, in the log");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void heap_thatIsFull_costsRefusals_andIsForgottenWhenThereIsRoom() throws Exception {
        try (Child child = Child.start(
                List.of("-Xmx40m", "-XX:OnOutOfMemoryError=true"),
                GatewayCommand.class,
                "--port",
                "0",
                "--admin-port",
                "0",
                "--admin-secret",
                "secret",
                "--max-message",
                "60000000")) {
            URI address = URI.create(child.line("clients ").replaceAll(".*(ws://[^ ]+).*", "$1"));
            try (Wire steady = Wire.open(address, Ask.PROTOCOL)) {
                long id = Ask.createdId(steady.ask(Ask.create()));
                byte[] half = new byte[30_000_000];
                Arrays.fill(half, (byte) ' ');
                try (Wire greedy = Wire.open(address, Ask.PROTOCOL)) {
                    greedy.ask(Ask.create());
                    greedy.write(Wire.frame(Wire.TEXT, true, half));
                    greedy.awaitClose();
                } catch (SocketException cutOffWhileSending) {
                    assertThat(cutOffWhileSending).hasMessageMatching("Broken pipe|Connection reset.*");
                }
                child.line("# java.lang.OutOfMemoryError");
                assertThat(steady.ask(Ask.about("keepalive", id)).toString()).contains("ack");
                assertThat(steady.ask(Ask.create()).toString()).contains("success");
            }
        }
    }

    @Test
    void listener_thatBlocks_delaysItsOwnThread_andWhatIsDueEndsWhenItReturns() throws Exception {
        Duration overdue = options.sessionTimeout.plusSeconds(2);
        ManualTicker ticker = new ManualTicker();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        start(settings -> settings.ticker(ticker).listener(new SessionListener<>() {
            @Override
            public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
                if (cause == EndCause.TIMED_OUT) {
                    blocked.countDown();
                    uninterruptibly(release);
                }
            }
        }));
        try (Wire wire = connect()) {
            wire.ask(Ask.create());
            ticker.advance(overdue);
            // The notice goes out before the other listener blocks the sweeping thread.
            assertThat(wire.receive().toString()).contains("timeout");
            blocked.await();
            long id = Ask.createdId(wire.ask(Ask.create()));
            ticker.advance(overdue);
            assertThat(gateway.sessions().status().sweepDelay()).isGreaterThan(Duration.ofSeconds(1));
            assertThat(wire.ask(Ask.about("keepalive", id)).toString()).contains("ack");
            assertThat(wire.ask(Ask.about("destroy", id)).toString()).contains("success");
            long late = Ask.createdId(wire.ask(Ask.create()));
            ticker.advance(overdue);
            release.countDown();
            JsonNode notice = wire.receive();
            assertThat(notice.toString()).contains("timeout").contains("" + late);
            assertLive(0);
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
