package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What operators and their tools look at: the live page, its figures, Prometheus' and health. */
final class Console extends Handler.Abstract {
    private static final String PAGE = page();

    private final Figures figures;
    private final Metrics metrics;

    Console(Figures figures, Metrics metrics) {
        this.figures = figures;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // Jetty leaves out the body.
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        switch (method + ' ' + Request.getPathInContext(request)) {
            case "GET /" -> Http.write(response, callback, HttpStatus.OK_200, "text/html; charset=utf-8", PAGE);
            case "GET /figures" -> Http.json(response, callback, figures.json());
            case "POST /audit" -> audit(request, response, callback);
            case "GET /metrics" ->
                Http.write(response, callback, HttpStatus.OK_200, Metrics.CONTENT_TYPE, metrics.scrape());
            case "GET /health" -> {
                String health = figures.health();
                int status = health.equals("READY") ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
                Http.write(response, callback, status, "text/plain", health + '\n');
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void audit(Request request, Response response, Callback callback) {
        // A browser says which page asks, and the pages of others must not cost the gateway anything.
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            Http.write(response, callback, HttpStatus.FORBIDDEN_403, "text/plain", "asked by a page of another host\n");
            return;
        }
        ObjectNode audit = figures.audit();
        if (audit == null) {
            Http.write(response, callback, HttpStatus.CONFLICT_409, "text/plain", "an audit is under way\n");
        } else {
            Http.json(response, callback, audit);
        }
    }

    private static String page() {
        try (InputStream page = Console.class.getResourceAsStream("live.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
