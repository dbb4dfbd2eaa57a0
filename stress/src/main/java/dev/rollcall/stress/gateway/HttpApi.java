package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An API over HTTP: requests by POST to the root, the root with a session's id, or with a handle's
 * too; events by a GET that waits (long poll); errors are ordinary answers with status 200.
 */
final class HttpApi extends Handler.Abstract.NonBlocking {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final String METHODS = "GET, POST, OPTIONS";

    /** For so long a browser need not ask again. */
    private static final long PREFLIGHT_SECONDS = 86_400;

    private final String root;
    private final Api api;
    private final SessionManager<Handles> sessions;
    private final long pollMillis;
    private final int maxBytes;

    /**
     * An API below a path.
     *
     * @param root for example "/janus"
     * @param options how long polls wait and how large a request may be
     */
    HttpApi(String root, Api api, SessionManager<Handles> sessions, GatewayOptions options) {
        this.root = root;
        this.api = api;
        this.sessions = sessions;
        pollMillis = options.pollTimeout.toMillis();
        maxBytes = options.maxMessageBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.equals(root) && !path.startsWith(root + "/")) {
            return false;
        }
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        String below = path.substring(root.length()).replaceAll("^/|/$", "");
        switch (request.getMethod()) {
            case "POST" -> post(below, request, response, callback);
            case "GET" -> get(below, request, response, callback);
            case "OPTIONS" -> preflight(request, response, callback);
            default -> {
                response.getHeaders().put(HttpHeader.ALLOW, METHODS);
                refuse(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            }
        }
        return true;
    }

    /** Allows a page of any host whatever it would send. */
    private static void preflight(Request request, Response response, Callback callback) {
        String asked = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
        response.getHeaders()
                .put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? "Content-Type" : asked)
                .put(HttpHeader.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        Http.write(response, callback, HttpStatus.OK_200, "text/plain", "");
    }

    /** Refuses once the body has been read: otherwise a client that is still sending gets no answer. */
    private void refuse(Request request, Response response, Callback callback, int status) {
        Body.read(request, maxBytes, new Promise<>() {
            @Override
            public void succeeded(byte[] body) {
                Response.writeError(request, response, callback, status);
            }

            @Override
            public void failed(Throwable failure) {
                Response.writeError(request, response, callback, failure);
            }
        });
    }

    private void post(String below, Request request, Response response, Callback callback) {
        Body.read(request, maxBytes, new Promise<>() {
            @Override
            public void succeeded(byte[] body) {
                JanusRequest.Path path = path(below);
                if (path == null) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                    return;
                }
                JsonNode document;
                try {
                    document = Json.document(body);
                } catch (IOException broken) {
                    Http.json(response, callback, Api.notJson(broken));
                    return;
                }
                api.handle(
                        document, path, peer(sessionId(document, path)), reply -> Http.json(response, callback, reply));
            }

            @Override
            public void failed(Throwable failure) {
                Response.writeError(request, response, callback, failure);
            }
        });
    }

    /** Whose owner asks, by the rules by which {@link JanusRequest} finds the session; 0 if there is none. */
    private static long sessionId(JsonNode document, JanusRequest.Path path) {
        if (path.sessionId() != 0) {
            return path.sessionId();
        }
        JsonNode id = document.path("session_id");
        return id.isIntegralNumber() ? id.longValue() : 0;
    }

    /** The owner of the session, or a new one that may claim it or create another. */
    private Peer peer(long session) {
        HttpPeer owner = owner(sessions.find(session));
        return owner != null ? owner : new HttpPeer(sessions, "http-" + NUMBER.incrementAndGet());
    }

    private static HttpPeer owner(Session<Handles> session) {
        Transport<Handles> transport = session == null ? null : session.transport();
        return transport != null && Peer.of(transport) instanceof HttpPeer peer ? peer : null;
    }

    private void get(String below, Request request, Response response, Callback callback) {
        if (below.equals("info") || below.equals("ping")) {
            JsonNode asked = Json.object("janus", below).put("transaction", "");
            api.handle(asked, JanusRequest.Path.NONE, peer(0), reply -> {
                reply.remove("transaction");
                Http.json(response, callback, reply);
            });
            return;
        }
        JanusRequest.Path path = path(below);
        Session<Handles> session = path == null ? null : sessions.find(path.sessionId());
        HttpPeer owner = api instanceof ClientApi ? owner(session) : null;
        if (owner == null || !session.keepAlive()) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return;
        }
        poll(owner, session, request, response, callback);
    }

    private void poll(HttpPeer owner, Session<Handles> session, Request request, Response response, Callback callback) {
        Consumer<String> waiting = new Consumer<>() {
            @Override
            public void accept(String events) {
                Http.write(response, callback, HttpStatus.OK_200, Http.JSON, events);
            }
        };
        // The connection is idle on purpose.
        request.addIdleTimeoutListener(idle -> false);
        owner.poll(session, mostEvents(request), waiting);
        Scheduler scheduler = request.getComponents().getScheduler();
        Scheduler.Task end =
                scheduler.schedule(() -> owner.giveUp(waiting), waitMillis(session), TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> end.cancel());
    }

    /** The client has to poll again, which is its keepalive, before the session times out. */
    private long waitMillis(Session<Handles> session) {
        long timeoutMillis = session.sessionTimeout().toMillis();
        return timeoutMillis == 0 ? pollMillis : Math.min(pollMillis, timeoutMillis / 2);
    }

    private static int mostEvents(Request request) {
        Fields.Field field = Request.extractQueryParameters(request).get("maxev");
        try {
            return field == null ? 1 : Math.max(1, Integer.parseInt(field.getValue()));
        } catch (NumberFormatException notANumber) {
            return 1;
        }
    }

    /** Null if it is no path of the API. */
    private static JanusRequest.Path path(String below) {
        if (below.isEmpty()) {
            return JanusRequest.Path.NONE;
        }
        String[] ids = below.split("/", -1);
        try {
            return ids.length > 2
                    ? null
                    : new JanusRequest.Path(
                            Long.parseUnsignedLong(ids[0]), ids.length == 1 ? 0 : Long.parseUnsignedLong(ids[1]));
        } catch (NumberFormatException noId) {
            return null;
        }
    }
}
