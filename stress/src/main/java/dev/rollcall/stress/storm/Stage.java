package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Where the acts are played: the gateway's addresses, and what they share. Thread-safe. */
final class Stage implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI url;
    private final URI adminUrl;
    private final String adminSecret;
    private volatile Duration reclaimTimeout = Duration.ZERO;
    private final Duration idleTimeout;
    private final Tally tally;
    private final AtomicLong socketsLeft;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "storm-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** {@code idleTimeout} is zero if nobody knows when the gateway closes silent sockets. */
    Stage(URI url, URI adminUrl, String adminSecret, Duration idleTimeout, Tally tally, long sockets) {
        this.url = url;
        this.adminUrl = adminUrl;
        this.adminSecret = adminSecret;
        this.idleTimeout = idleTimeout;
        this.tally = tally;
        this.socketsLeft = new AtomicLong(sockets);
    }

    /** Asks the gateway for what it goes by. */
    void learn() throws IOException {
        try (Wire wire = connect()) {
            JsonNode info = wire.ask(Ask.plain("info"));
            expect(info, "server_info");
            reclaimTimeout =
                    Duration.ofSeconds(info.path("reclaim-session-timeout").asLong());
        }
    }

    Tally tally() {
        return tally;
    }

    URI url() {
        return url;
    }

    Duration reclaimTimeout() {
        return reclaimTimeout;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    HttpClient http() {
        return http;
    }

    boolean hasSocketsLeft() {
        return socketsLeft.get() > 0;
    }

    /** Lets every client stop after its act. */
    void exhaust() {
        socketsLeft.set(0);
    }

    /** A new connection. */
    Wire connect() throws IOException {
        return connect(0);
    }

    Wire connect(int receiveBuffer) throws IOException {
        socketsLeft.decrementAndGet();
        tally.happened("sockets", 1);
        return Wire.open(url, Ask.PROTOCOL, receiveBuffer);
    }

    /** Creates a session. */
    long create(Wire wire) throws IOException {
        JsonNode reply = wire.ask(Ask.create());
        expect(reply, "success");
        return Ask.createdId(reply);
    }

    /** Checks that a reply is of this kind. */
    void expect(JsonNode reply, String kind) {
        tally.check(Check.REPLIES, Ask.is(reply, kind), "expected " + kind + ", was answered " + reply);
    }

    /** Checks that a reply is the error with this code. */
    void expectError(JsonNode reply, int code, String request) {
        tally.check(
                Check.REPLIES,
                Ask.code(reply) == code,
                request + ": expected error " + code + ", was answered " + reply);
    }

    /** Resets a connection after a while, whatever its client is waiting for. */
    ScheduledFuture<?> resetAfter(Wire wire, Duration delay) {
        return watch.schedule(
                () -> {
                    wire.reset();
                    return wire;
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** An admin request about a session, or about the gateway if that is 0, over HTTP. */
    JsonNode admin(String verb, long session, String more) throws IOException {
        String secret = JSON.writeValueAsString(adminSecret);
        return post(
                httpOf(adminUrl) + "admin" + (session == 0 ? "" : "/" + session),
                "{\"janus\":\"" + verb + "\",\"transaction\":\"admin\",\"admin_secret\":" + secret + more + "}");
    }

    /** Posts a request to the API for clients. */
    JsonNode postJanus(String below, String request) throws IOException {
        return post(janus(below), request);
    }

    String janus(String below) {
        return httpOf(url) + "janus" + below;
    }

    private static String httpOf(URI url) {
        return "http" + url.toString().substring("ws".length());
    }

    /** On a connection of its own: one that was used before may be closed for being idle at this very moment. */
    private JsonNode post(String address, String request) throws IOException {
        socketsLeft.decrementAndGet();
        tally.happened("sockets", 1);
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setDoOutput(true);
        byte[] body = request.getBytes(StandardCharsets.UTF_8);
        // A body that is streamed is not sent a second time behind our back.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        try (InputStream in = connection.getInputStream()) {
            return JSON.readTree(in);
        }
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
