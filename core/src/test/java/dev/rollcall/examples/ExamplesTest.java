package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import dev.rollcall.micrometer.PrometheusText;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.adapter.standard.StandardWebSocketHandlerAdapter;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/** Each example does what it is an example of, with real clients. */
class ExamplesTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpServer server = server();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** Told of ends, for what clients cause comes when it comes. */
    private final BlockingQueue<EndCause> ends = new LinkedBlockingQueue<>();

    private final CountDownLatch detached = new CountDownLatch(1);
    private final SessionManager<String> manager = SessionManager.<String>builder()
            .reclaimTimeout(Duration.ofHours(1))
            .listener(new SessionListener<>() {
                @Override
                public void detached(Session<String> session, Transport<String> from) {
                    detached.countDown();
                }

                @Override
                public void ended(Session<String> session, Transport<String> from, EndCause cause) {
                    ends.add(cause);
                }
            })
            .build();

    @TempDir
    private Path folder;

    private static HttpServer server() {
        try {
            return HttpServer.create(ANY_PORT, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        manager.close();
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String get(HttpClient client, String path) throws Exception {
        return get(client, server.getAddress().getPort(), path).body();
    }

    @Test
    void httpCookies_twoBrowsers_haveASessionEach() throws Exception {
        try (SessionManager<AtomicInteger> sessions =
                SessionManager.<AtomicInteger>builder().build()) {
            new HttpCookies(sessions, server);
            server.start();
            assertThat(get(browser, "/")).isEqualTo("visit 1");
            assertThat(get(browser, "/")).isEqualTo("visit 2");
            HttpClient other =
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            assertThat(get(other, "/")).isEqualTo("visit 1");
            assertThat(sessions.counts().live()).isEqualTo(2);
            assertThat(get(browser, "/logout")).isEqualTo("logged out true");
            assertThat(get(browser, "/logout")).isEqualTo("logged out false");
            assertThat(get(browser, "/")).as("a new one").isEqualTo("visit 1");
            assertThat(sessions.counts().created()).isEqualTo(3);
        }
    }

    @Test
    void jakartaEndpoint_cutAndReconnected_keepsItsSession() throws Exception {
        try (WebSocketServer sockets =
                new WebSocketServer(folder, JakartaEndpoint.class, () -> new JakartaEndpoint(manager))) {
            WebSocketServer.Client first = sockets.connect("");
            String session = first.next();
            assertThat(session).matches("session [0-9]+");
            first.send("hello");
            assertThat(first.next()).isEqualTo("echo hello");
            first.cut();
            assertThat(detached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(manager.counts().detached()).isEqualTo(1);
            WebSocketServer.Client second = sockets.connect("?claim=" + session.substring(8));
            assertThat(second.next()).isEqualTo(session);
            assertThat(manager.counts().reclaims()).isEqualTo(1);
            second.close();
            assertThat(ends.poll(60, TimeUnit.SECONDS)).isEqualTo(EndCause.TRANSPORT_CLOSED);
            assertThat(manager.counts().live()).isZero();
        }
    }

    @Test
    void springHandler_socketOpenedUsedAndClosed_hasASessionMeanwhile() throws Exception {
        try (WebSocketServer sockets = new WebSocketServer(
                folder,
                StandardWebSocketHandlerAdapter.class,
                () -> new StandardWebSocketHandlerAdapter(
                        new SpringHandler(manager),
                        new StandardWebSocketSession(new HttpHeaders(), null, null, null)))) {
            WebSocketServer.Client client = sockets.connect("");
            long id = Long.parseLong(client.next().substring("session ".length()));
            client.send("hello");
            assertThat(client.next()).isEqualTo("echo hello");
            manager.destroyByAdmin(id);
            client.send("again");
            assertThat(client.next()).startsWith("close 1008");
            WebSocketServer.Client other = sockets.connect("");
            other.next();
            other.cut();
            assertThat(detached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(manager.counts().live()).isEqualTo(1);
            assertThat(ends).containsExactly(EndCause.ADMIN_DESTROYED);
        }
    }

    /** On the thread that causes an event, this listener would block the create for ever. */
    @Test
    void virtualThreads_listenerThatBlocks_holdsUpNobody() throws Exception {
        CountDownLatch created = new CountDownLatch(1);
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        ExecutorService executor = VirtualThreads.executor();
        SessionManager<String> blocked = VirtualThreads.manager(executor, new SessionListener<>() {
            @Override
            public void created(Session<String> session, Transport<String> transport) {
                try {
                    created.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                threads.add(Thread.currentThread());
            }
        });
        Transport<String> transport = blocked.openTransport("ws");
        blocked.create(transport);
        blocked.create(transport);
        assertThat(threads).isEmpty();
        created.countDown();
        assertThat(blocked.close(Duration.ofSeconds(60))).isTrue();
        executor.shutdown();
        assertThat(threads).hasSize(2).doesNotContain(Thread.currentThread());
        for (Thread thread : threads) {
            assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 21);
        }
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    @Test
    void prometheusPage_afterASession_showsIt() throws Exception {
        PrometheusPage page = new PrometheusPage("gateway", SessionManager.builder(), server);
        server.start();
        try (SessionManager<String> metered = page.manager()) {
            metered.create(metered.openTransport("ws")).destroy();
            metered.create(metered.openTransport("ws"));
            PrometheusText scrape = PrometheusText.parse(get(browser, "/metrics"));
            assertThat(scrape.sum("rollcall_sessions_live")).isEqualTo(1);
            assertThat(scrape.sum("rollcall_session_lifetime_seconds_count")).isEqualTo(1);
        }
    }

    /** A process of its own, which gets a signal. */
    @Test
    void kubernetesDrain_sigterm_waitsForTheLastSession() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KubernetesDrain.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            int port = Integer.parseInt(output.readLine().substring("port ".length()));
            assertThat(awaitReady(port, "READY")).isEqualTo(200);
            String id = get(browser, port, "/create").body();
            process.toHandle().destroy(); // not Process.destroy(), which closes the output too
            assertThat(awaitReady(port, "DRAINING")).isEqualTo(503);
            assertThat(get(browser, port, "/destroy?" + id).body()).isEqualTo("true");
            assertThat(output.readLine()).isEqualTo("drained true");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Probes until this is the answer; returns its status. A slow machine sweeps late at times. */
    private int awaitReady(int port, String health) throws Exception {
        HttpResponse<String> ready = get(browser, port, "/ready");
        while (!ready.body().equals(health)) {
            ready = get(browser, port, "/ready");
        }
        return ready.statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HttpCookies",
                "JakartaEndpoint",
                "KubernetesDrain",
                "PrometheusPage",
                "SpringHandler",
                "VirtualThreads"
            })
    void example_eachFile_isShort(String name) throws IOException {
        Path source = Path.of("src/test/java/dev/rollcall/examples", name + ".java");
        assertThat(Files.readAllLines(source)).hasSizeLessThan(60);
    }
}
