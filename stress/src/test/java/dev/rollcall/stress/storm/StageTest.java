package dev.rollcall.stress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StageTest {
    /** As one does that takes a connection for idle just when the next request is on its way. */
    private static HttpServer closingAtTheSecondRequest() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Set<InetSocketAddress> known = new HashSet<>();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (known.add(exchange.getRemoteAddress())) {
                byte[] reply = "{\"janus\":\"success\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void post_gatewayClosesUsedConnections_isAnswered() throws Exception {
        HttpServer server = closingAtTheSecondRequest();
        URI url = URI.create("ws://127.0.0.1:" + server.getAddress().getPort() + "/");
        Tally tally = new Tally();
        try (Stage stage = new Stage(url, url, "", Duration.ZERO, tally, 1)) {
            for (int i = 0; i < 3; i++) {
                stage.expect(stage.admin("list_sessions", 0, ""), "success");
                stage.expect(stage.postJanus("", Ask.create()), "success");
            }
        } finally {
            server.stop(0);
        }

        assertThat(tally.passed(Check.REPLIES)).isEqualTo(6);
    }
}
