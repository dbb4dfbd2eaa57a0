package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    /** Shakes hands with one client, sends it these bytes, and closes. */
    private static void serve(ServerSocket server, String bytes) {
        try (Socket client = server.accept()) {
            shakeHandsAndSend(client, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void shakeHandsAndSend(Socket client, String bytes) throws IOException {
        BufferedReader head =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = head.readLine(); !line.isEmpty(); ) {
            line = head.readLine();
        }
        client.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\n\r\n" + bytes).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Texts of ten bytes, and a close with a code, that end too soon. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0081\n", "\u0081\n{\"a\":1}", "\u0088\2\3"})
    void receive_frameCutOff_closedAbnormally(String bytes) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, bytes));
            try (Wire wire = Wire.open(URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"), "")) {
                assertThatThrownBy(wire::receive)
                        .isInstanceOf(Wire.ClosedException.class)
                        .hasMessage("closed with 1006");
            }
            served.join();
        }
    }
}
