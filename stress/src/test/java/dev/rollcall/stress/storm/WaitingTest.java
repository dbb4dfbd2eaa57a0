package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whether clients that keep a gateway waiting notice what it does about them. */
class WaitingTest {
    private static final String CREATED = "{\"janus\":\"success\",\"data\":{\"id\":7}}";

    /** The answer to a create, and a close frame with 1001. */
    private static final String ANSWER_AND_CLOSE = "\u0081" + (char) CREATED.length() + CREATED + "\u0088\2\3\u00e9";

    private final Tally tally = new Tally();

    private static Socket serve(ServerSocket server) {
        try {
            Socket client = server.accept();
            WireTest.shakeHandsAndSend(client, ANSWER_AND_CLOSE);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays it with a gateway that closes the socket after its close frame, or never does. */
    private void playHalfOpen(boolean isClosed, Duration grace) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> served = CompletableFuture.supplyAsync(() -> serve(server));
            URI url = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
            if (isClosed) {
                served = served.whenComplete((client, failure) -> close(client));
            }
            try (Stage stage = new Stage(url, url, "", Duration.ofMillis(1), tally, 1)) {
                Waiting.halfOpen(stage, grace);
            } finally {
                close(served.join());
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void halfOpen_gatewayLetsGo_passes() throws IOException {
        playHalfOpen(true, Duration.ofSeconds(60));

        assertThat(tally.passed(Check.CUT_OFF)).isEqualTo(1);
    }

    @Test
    void halfOpen_gatewayOnlySaysThatItCloses_isCaught() throws IOException {
        playHalfOpen(false, Duration.ofMillis(100));

        assertThat(tally.failed(Check.CUT_OFF)).isEqualTo(1);
        assertThat(tally.passed(Check.REPLIES)).isEqualTo(1);
    }
}
