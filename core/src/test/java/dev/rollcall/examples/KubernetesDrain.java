package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.ManagerHealth;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A process that Kubernetes stops with SIGTERM: it refuses new sessions, tells the readiness probe so,
 * and waits for the last session to end. Let {@code terminationGracePeriodSeconds} be longer.
 */
final class KubernetesDrain {
    private KubernetesDrain() {}

    public static void main(String[] arguments) throws IOException {
        SessionManager<String> manager = SessionManager.<String>builder().build();
        Transport<String> clients = manager.openTransport("clients");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ready", exchange -> {
            ManagerHealth health = manager.status().health();
            reply(exchange, health == ManagerHealth.READY ? 200 : 503, health.name());
        });
        server.createContext(
                "/create",
                exchange -> reply(exchange, 200, "" + manager.create(clients).id()));
        server.createContext("/destroy", exchange -> {
            boolean isEnded =
                    manager.destroy(Long.parseLong(exchange.getRequestURI().getQuery()));
            reply(exchange, 200, "" + isEnded);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(manager, server)));
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private static void drain(SessionManager<String> manager, HttpServer server) {
        try {
            boolean isEmpty = manager.drain(Duration.ofSeconds(50));
            System.out.println("drained " + isEmpty);
            server.stop(5); // once the answers that are under way are sent
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            manager.close();
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }
}
