package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server, with sessions that browsers carry in a cookie. */
final class HttpCookies {
    private final SessionManager<AtomicInteger> sessions;

    /** A browser has no connection that could be lost, so one transport stands for all of them. */
    private final Transport<AtomicInteger> browsers;

    HttpCookies(SessionManager<AtomicInteger> sessions, HttpServer server) {
        this.sessions = sessions;
        this.browsers = sessions.openTransport("browsers");
        server.createContext("/", exchange -> reply(exchange, "visit " + visit(exchange)));
        server.createContext("/logout", exchange -> reply(exchange, "logged out " + logout(exchange)));
    }

    private int visit(HttpExchange exchange) {
        Session<AtomicInteger> session = sessions.find(idIn(exchange));
        // False if it has ended since it was found; then this request begins a new one.
        if (session == null || !session.keepAlive()) {
            session = sessions.create(
                    browsers, SessionOptions.<AtomicInteger>defaults().attachment(new AtomicInteger()));
            // The id is all that a client needs to act for the session. Add Secure where there is TLS.
            exchange.getResponseHeaders()
                    .add("Set-Cookie", "session=" + session.id() + "; Path=/; HttpOnly; SameSite=Lax");
        }
        return session.attachment().incrementAndGet();
    }

    private boolean logout(HttpExchange exchange) {
        return sessions.destroy(idIn(exchange));
    }

    /** Zero, which is no session's id, for none. */
    private static long idIn(HttpExchange exchange) {
        String cookies = exchange.getRequestHeaders().getFirst("Cookie");
        return cookies != null && cookies.matches("session=[0-9]{1,16}") ? Long.parseLong(cookies.substring(8)) : 0;
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
