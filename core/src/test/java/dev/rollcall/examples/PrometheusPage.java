package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.micrometer.SessionMetrics;
import dev.rollcall.micrometer.SessionTimers;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A manager's figures for Prometheus at {@code /metrics}. */
final class PrometheusPage {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SessionManager<String> manager;

    PrometheusPage(String name, SessionManagerBuilder<String> builder, HttpServer server) {
        // The timers are a listener and so cost something for each session; leave them out if you can.
        manager = builder.name(name)
                .listener(new SessionTimers<>(registry, Tags.of("manager", name)))
                .build();
        new SessionMetrics(manager).bindTo(registry);
        server.createContext("/metrics", this::metrics);
    }

    /** One scrape on one thread: all its values are of one snapshot. */
    private void metrics(HttpExchange exchange) throws IOException {
        byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    SessionManager<String> manager() {
        return manager;
    }
}
