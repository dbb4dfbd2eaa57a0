package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.EndCause;
import dev.rollcall.ManagerPhase;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import dev.rollcall.stress.cluster.FreeSeats;
import dev.rollcall.stress.storm.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway leaves behind that stops, or does not start. */
class GatewayCloseTest {
    private final GatewayOptions options = new GatewayOptions();
    private final CompletableFuture<SessionManager<Handles>> joined = new CompletableFuture<>();
    private final CompletableFuture<Thread> closing = new CompletableFuture<>();

    GatewayCloseTest() {
        String[] ports = FreeSeats.of(2).replaceAll(".*:", "").split("-", -1);
        options.port = Integer.parseInt(ports[0]);
        options.adminPort = Integer.parseInt(ports[1]);
    }

    enum Failure {
        NONE,
        JOIN_BY_EXCEPTION,
        JOIN_BY_ERROR,
        CLOSE
    }

    private Fleet fleet(Failure failure) {
        return new Fleet() {
            @Override
            public void join(SessionManager<Handles> sessions, URI url) {
                joined.complete(sessions);
                if (failure == Failure.JOIN_BY_EXCEPTION) {
                    throw new IllegalStateException("on purpose");
                }
                if (failure == Failure.JOIN_BY_ERROR) {
                    throw new OutOfMemoryError("on purpose");
                }
            }

            @Override
            public void close() {
                closing.complete(Thread.currentThread());
                if (failure == Failure.CLOSE) {
                    throw new OutOfMemoryError("on purpose");
                }
            }
        };
    }

    private Gateway start(Failure failure) throws IOException {
        return Gateway.start(options, fleet(failure), settings -> settings);
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(joined.join().phase()).isEqualTo(ManagerPhase.CLOSED);
        assertThat(closing).isDone();
        for (int port : new int[] {options.port, options.adminPort}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOIN_BY_EXCEPTION", "JOIN_BY_ERROR"})
    void gatewayThatDoesNotStart_leavesNothing(Failure failure) throws IOException {
        assertThatThrownBy(() -> start(failure)).hasMessageContaining("on purpose");
        assertNothingIsLeft();
    }

    @Test
    void fleetThatCannotBeLeft_keepsTheServerFromNothing() throws IOException {
        Gateway gateway = start(Failure.CLOSE);
        assertThatThrownBy(gateway::close).isInstanceOf(OutOfMemoryError.class);
        assertNothingIsLeft();
    }

    private HttpRequest post(String below, String verb) {
        String body = World.json("{'janus':'" + verb + "','transaction':'t'}");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + options.port + "/janus" + below))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** A listener keeps the destroy from being answered until the gateway's closing waits for that. */
    @Test
    void requestUnderWay_isAnsweredBeforeTheServerStops() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        CompletableFuture<Void> underWay = new CompletableFuture<>();
        Gateway gateway = Gateway.start(
                options,
                fleet(Failure.NONE),
                settings -> settings.listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
                        underWay.complete(null);
                        Thread closer = closing.join();
                        Await.until(
                                Duration.ofSeconds(20),
                                () -> closer.getState() == Thread.State.WAITING
                                        || closer.getState() == Thread.State.TIMED_WAITING);
                    }
                }));
        CompletableFuture<HttpResponse<String>> reply;
        try (gateway) {
            String created = http.send(post("", "create"), HttpResponse.BodyHandlers.ofString())
                    .body();
            long id = Json.document(created).path("data").path("id").asLong();
            reply = http.sendAsync(post("/" + id, "destroy"), HttpResponse.BodyHandlers.ofString());
            underWay.get(20, TimeUnit.SECONDS);
        }
        assertThat(reply.get(20, TimeUnit.SECONDS).body()).contains("success");
        assertNothingIsLeft();
    }
}
