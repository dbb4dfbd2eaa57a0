package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.EndCause;
import dev.rollcall.stress.gateway.Gateway;
import dev.rollcall.stress.gateway.GatewayCommand;
import dev.rollcall.stress.gateway.GatewayOptions;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The gateway on real sockets: what the storm does not look at. */
class GatewayTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final GatewayOptions options = options();
    private Gateway gateway;

    static GatewayOptions options() {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.adminSecret = "secret";
        return options;
    }

    private Gateway start() throws IOException {
        gateway = Gateway.start(options);
        return gateway;
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

    private static String httpOf(URI url) {
        return "http" + url.toString().substring("ws".length());
    }

    private HttpResponse<String> send(String method, String address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> janus(String method, String below, String body) throws Exception {
        return send(method, httpOf(gateway.url()) + "janus" + below, body);
    }

    private HttpResponse<String> operators(String method, String path) throws Exception {
        return send(method, httpOf(gateway.adminUrl()) + path, "");
    }

    private long createOverHttp() throws Exception {
        return Ask.createdId(Stage.json(janus("POST", "", Ask.create()).body()));
    }

    @Test
    void port_thatIsTaken_isNamed() throws IOException {
        start();
        int taken = gateway.url().getPort();
        StringWriter err = new StringWriter();

        int status = new CommandLine(new GatewayCommand())
                .setErr(new PrintWriter(err))
                .execute("--port", "" + taken, "--admin-port", "0");
        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot listen on 127.0.0.1:" + taken)
                .contains("--port");

        GatewayOptions second = options();
        second.adminPort = gateway.adminUrl().getPort();
        assertThatThrownBy(() -> Gateway.start(second)).hasMessageContaining("--admin-port");
    }

    @Test
    void options_malformed_areRefused() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new GatewayCommand()).setErr(new PrintWriter(err));

        assertThat(command.execute("--session-timeout", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no number of seconds");
        assertThat(command.execute("--reclaim-timeout", "-1")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--port, -1",
        "--port, 65536",
        "--admin-port, -1",
        "--admin-port, 65536",
        "--max-sessions, -1",
        "--max-connections, 0",
        "--max-message, 0",
        "--max-backlog, -1",
        "--fleet-limit, -1"
    })
    void option_outOfItsRange_isRefused_andNamed(String option, String value) {
        StringWriter err = new StringWriter();

        // On an unknown host no gateway runs on, should one be started.
        int status = new CommandLine(new GatewayCommand())
                .setErr(new PrintWriter(err))
                .execute("--host=nosuch.invalid", option + "=" + value);
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be ").contains(": " + value);
    }

    @Test
    void host_thatIsUnknown_isNamed() {
        StringWriter err = new StringWriter();

        int status = new CommandLine(new GatewayCommand())
                .setErr(new PrintWriter(err))
                .execute("--host", "nosuch.invalid", "--port", "0", "--admin-port", "0");
        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .contains("nosuch.invalid, the host is unknown")
                .contains("--host")
                .doesNotContain("null");
    }

    @Test
    void adminSecret_thatIsBlank_isReplacedByOneThatIsMadeUp() throws Exception {
        options.adminSecret = " ";
        start();
        assertThat(gateway.adminSecret()).isNotBlank();
        String list = "{\"janus\":\"list_sessions\",\"transaction\":\"l\",\"admin_secret\":";
        String admin = httpOf(gateway.adminUrl()) + "admin";
        assertThat(send("POST", admin, list + "\" \"}").body()).contains("\"code\":403");
        assertThat(send("POST", admin, list + '"' + gateway.adminSecret() + "\"}")
                        .body())
                .contains("success");
    }

    @Test
    void adminSecret_thatIsMadeUpForAnEmptyOne_isPrinted() throws Exception {
        try (Child child =
                Child.start(GatewayCommand.class, "--port", "0", "--admin-port", "0", "--admin-secret", "")) {
            child.line("operators ");
            assertThat(child.line("")).matches("secret +[0-9a-z]+");
        }
    }

    @Test
    void upgrade_thatOffersCompression_isAcceptedWithoutIt() throws Exception {
        start();
        assertThat(upgrade("Sec-WebSocket-Protocol: janus-protocol", "Sec-WebSocket-Extensions: permessage-deflate"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }

    @Test
    void upgrade_withoutTheSubprotocol_isRefused() throws Exception {
        start();
        assertThat(upgrade("Sec-WebSocket-Protocol: JANUS-PROTOCOL")).startsWith("HTTP/1.1 400 ");
        assertThat(upgrade("Sec-WebSocket-Protocol: janus-protocol-2")).startsWith("HTTP/1.1 400 ");
        assertThat(upgrade()).startsWith("HTTP/1.1 400 ");
        assertThat(upgrade("Sec-WebSocket-Protocol: another, janus-protocol"))
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("Sec-WebSocket-Protocol: janus-protocol\n");
    }

    @Test
    void upgrade_ofAnotherVersion_isToldWhichOneIsUnderstood() throws Exception {
        start();
        assertThat(upgradeOfVersion(8, "Sec-WebSocket-Protocol: janus-protocol"))
                .startsWith("HTTP/1.1 426 ")
                .containsIgnoringCase("Sec-WebSocket-Version: 13\n")
                .containsIgnoringCase("Upgrade: websocket\n");
    }

    private String upgrade(String... headers) throws IOException {
        return upgradeOfVersion(13, headers);
    }

    /** Asks for a WebSocket, and returns the status and the headers of the answer. */
    private String upgradeOfVersion(int version, String... headers) throws IOException {
        try (Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort())) {
            socket.setSoTimeout(60_000);
            String request = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: " + version + "\r\n"
                    + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }
    }

    @Test
    void connections_overTheLimit_waitForAPlace() throws Exception {
        options.maxConnections = 2;
        start();
        Wire first = connect();
        try (Wire second = connect()) {
            CompletableFuture<Wire> third = CompletableFuture.supplyAsync(() -> {
                try {
                    return connect();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(first.ask(Ask.plain("ping")).toString()).contains("pong");
            assertThat(second.ask(Ask.plain("ping")).toString()).contains("pong");
            assertThat(gateway.clientSockets()).isEqualTo(2);
            assertThat(third).isNotDone();
            first.close();
            try (Wire served = third.join()) {
                assertThat(served.ask(Ask.plain("ping")).toString()).contains("pong");
            }
        }
    }

    @Test
    void drain_refusesCreates_andWaitsForTheLastSession() throws Exception {
        options.drainTimeout = Duration.ofSeconds(60);
        start();
        Wire wire = connect();
        long id = Ask.createdId(wire.ask(Ask.create()));
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
        JsonNode reply = wire.ask(Ask.create());
        while (Ask.is(reply, "success")) {
            // The drain has not begun yet.
            assertThat(Ask.is(wire.ask(Ask.about("destroy", Ask.createdId(reply))), "success"))
                    .isTrue();
            reply = wire.ask(Ask.create());
        }
        assertThat(Ask.code(reply)).isEqualTo(472);
        assertThat(operators("GET", "health").statusCode()).isEqualTo(503);
        assertThat(operators("GET", "health").body()).isEqualTo("DRAINING\n");
        assertThat(drained).isNotDone();
        assertThat(Ask.is(wire.ask(Ask.about("destroy", id)), "success")).isTrue();
        assertThat(drained.join()).isTrue();
        assertThat(wire.awaitClose()).isEqualTo(1001);
    }

    private boolean drain() {
        try {
            return gateway.drain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void drain_thatTakesTooLong_endsWhatIsLeft_andSaysSo() throws Exception {
        options.drainTimeout = Duration.ofMillis(50);
        start();
        Wire wire = connect();
        wire.ask(Ask.create());
        assertThat(gateway.drain()).isFalse();
        assertThat(wire.receive().toString()).contains("timeout").contains("SHUTDOWN");
        assertThat(wire.awaitClose()).isEqualTo(1001);
        assertThat(gateway.sessions().counts().ended(EndCause.SHUTDOWN)).isEqualTo(1);
    }

    @Test
    void poll_withoutEvents_endsWithKeepalive_andKeepsAlive() throws Exception {
        options.pollTimeout = Duration.ofMillis(50);
        start();
        long id = createOverHttp();

        assertThat(janus("GET", "/" + id, "").body()).isEqualTo("{\"janus\":\"keepalive\"}");
        assertThat(janus("GET", "/" + (id + 1), "").statusCode()).isEqualTo(404);
        assertThat(janus("GET", "/nonsense", "").statusCode()).isEqualTo(404);
        assertThat(janus("DELETE", "", "").statusCode()).isEqualTo(405);
        assertThat(janus("GET", "/ping", "").body()).isEqualTo("{\"janus\":\"pong\"}");
        assertThat(janus("GET", "/info", "").body()).contains("server_info");
        assertThat(janus("POST", "", "{").body()).contains("\"code\":454");
        assertThat(janus("POST", "", Ask.create() + Ask.create()).body()).contains("\"code\":454");
        assertThat(janus("OPTIONS", "", "").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    @Test
    void post_overTheLimit_isRefused_andTheConnectionServesOn() throws Exception {
        int limit = 1 << 20;
        options.maxMessageBytes = limit;
        start();
        String longest = " ".repeat(limit - Ask.plain("ping").length()) + Ask.plain("ping");
        assertThat(send("POST /janus", longest, 1)).containsSubsequence("HTTP/1.1 200", "pong", "HTTP/1.1 200", "pong");
        assertThat(send("POST /janus/nonsense", longest, 1)).containsSubsequence("404", "HTTP/1.1 200", "pong");
        assertThat(send("PUT /janus", longest, 1)).containsSubsequence("405", "HTTP/1.1 200", "pong");
        assertThat(send("PUT /janus", " ".repeat(12 * limit), 1)).containsSubsequence("413", "HTTP/1.1 200", "pong");
        // More than sockets hold: who answers without reading on resets the connection.
        for (int length : new int[] {limit + 1, 12 * limit, 16 * limit}) {
            assertThat(send("POST /janus", " ".repeat(length), 1)).containsSubsequence("413", "HTTP/1.1 200", "pong");
        }
        // Nobody reads as much as this says it is: who did would wait for the rest.
        assertThat(send("POST /janus", " ".repeat(16 * limit + 1), 1_000)).contains("413");
    }

    /** Sends a body that says to be so many times as long, asks for a pong, and returns all that comes back. */
    private String send(String methodAndPath, String body, int times) throws IOException {
        String ping = times > 1 ? "" : "GET /janus/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort())) {
            socket.setSoTimeout(60_000);
            String both = methodAndPath + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + (long) body.length() * times
                    + "\r\n\r\n" + body + ping;
            socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void post_overTheLimit_withoutALength_isRefused() throws Exception {
        start();
        for (int i = 0; i < 20; i++) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(URI.create(httpOf(gateway.url()) + "janus"))
                                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                                    () -> new ByteArrayInputStream(new byte[500_000])))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void poll_getsEvents_oneOrSeveral() throws Exception {
        start();
        long id = createOverHttp();
        String attach = "{\"janus\":\"attach\",\"transaction\":\"a\",\"plugin\":\"janus.plugin.echotest\"}";
        long handle = Ask.createdId(Stage.json(janus("POST", "/" + id, attach).body()));
        for (int i = 0; i < 3; i++) {
            String message = "{\"janus\":\"message\",\"transaction\":\"m" + i + "\",\"body\":{}}";
            assertThat(janus("POST", "/" + id + "/" + handle, message).body()).contains("ack");
        }

        assertThat(janus("GET", "/" + id, "").body()).startsWith("{").contains("\"m0\"");
        JsonNode others = Stage.json(janus("GET", "/" + id + "?maxev=10", "").body());
        assertThat(others).hasSize(2);
        assertThat(others.get(1).path("transaction").asText()).isEqualTo("m2");
    }

    @Test
    void create_whoseSessionIdIsNoInteger_isByANewClient() throws Exception {
        start();
        long first = createOverHttp();
        for (String id : new String[] {"\"" + first + "\"", first + ".0"}) {
            String create = "{\"janus\":\"create\",\"transaction\":\"c\",\"session_id\":" + id + "}";
            long second = Ask.createdId(Stage.json(janus("POST", "", create).body()));
            assertThat(gateway.sessions().find(second).transport())
                    .isNotSameAs(gateway.sessions().find(first).transport());
        }
    }

    @Test
    void session_movesBetweenHttpAndWebSocket_byClaims() throws Exception {
        start();
        long id = createOverHttp();
        try (Wire wire = connect()) {
            assertThat(wire.ask(Ask.about("keepalive", id)).toString()).contains("458");
            assertThat(wire.ask(Ask.about("claim", id)).toString()).contains("success");
            assertThat(janus("POST", "/" + id, Ask.plain("keepalive")).body()).contains("458");
            assertThat(janus("GET", "/" + id, "").statusCode()).isEqualTo(404);
            assertThat(janus("POST", "/" + id, Ask.plain("claim")).body()).contains("success");
            assertThat(wire.receive().toString()).isEqualTo("{\"janus\":\"claimed\",\"session_id\":" + id + "}");
        }
        assertThat(janus("POST", "", Ask.about("keepalive", id)).body()).contains("ack");
        assertThat(janus("POST", "/" + id, Ask.plain("claim")).body()).contains("success");
        assertThat(gateway.sessions().counts().claims()).isEqualTo(2);
    }

    private boolean isReady() {
        try {
            return operators("GET", "health").body().equals("READY\n");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void operators_seeFigures() throws Exception {
        options.maxSessions = 9;
        start();
        try (Wire wire = connect()) {
            wire.ask(Ask.create());
            wire.ask(Ask.about("destroy", Ask.createdId(wire.ask(Ask.create()))));
            JsonNode figures = Stage.json(operators("GET", "figures").body());
            assertThat(figures.path("live").asInt()).isEqualTo(1);
            assertThat(figures.path("created").asInt()).isEqualTo(2);
            assertThat(figures.path("limit").asInt()).isEqualTo(9);
            assertThat(figures.path("ended").path("DESTROYED").asInt()).isEqualTo(1);
            assertThat(figures.path("connections").get(0).path("sessions").asInt())
                    .isEqualTo(1);
            assertThat(figures.path("audit").isNull()).isTrue();

            JsonNode audit = Stage.json(operators("POST", "audit").body());
            assertThat(audit.path("drift").asInt()).isZero();
            assertThat(audit.path("checked").asInt()).isEqualTo(1);
            assertThat(operators("GET", "").body()).contains("<title>Rollcall gateway</title>");
            // On a busy machine the first sweep is late, and until then so is the manager.
            assertThat(Await.until(Duration.ofSeconds(60), this::isReady)).isTrue();
            assertThat(operators("GET", "nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void metrics_areOfOneSnapshot_inPrometheusFormat() throws Exception {
        options.maxSessions = 1;
        start();
        try (Wire wire = connect()) {
            wire.ask(Ask.create());
            wire.ask(Ask.create());
            // The connection stays open after the answer, as browsers keep theirs.
            assertThat(janus("GET", "/info", "").statusCode()).isEqualTo(200);
            // A registry keeps none of what its meters ask.
            System.gc();
            HttpResponse<String> scrape = operators("GET", "metrics");

            assertThat(scrape.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(scrape.body())
                    .contains("# TYPE rollcall_sessions_live gauge\nrollcall_sessions_live{manager=\"gateway\"} 1.0\n")
                    .contains(
                            "# TYPE rollcall_creates_total counter\nrollcall_creates_total{manager=\"gateway\"} 1.0\n")
                    .contains("rollcall_ends_total{cause=\"timed_out\",manager=\"gateway\"} 0.0\n")
                    .contains("rollcall_gateway_connections 2.0\n")
                    .contains("rollcall_gateway_sockets 1.0\n")
                    .contains("rollcall_gateway_sockets_opened_total 1.0\n")
                    .contains("rollcall_gateway_slow_readers_total 0.0\n")
                    .contains("rollcall_gateway_refusals_total{reason=\"limit_reached\"} 1.0\n");
        }
    }
}
