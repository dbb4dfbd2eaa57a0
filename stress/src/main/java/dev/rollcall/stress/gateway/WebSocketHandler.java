package dev.rollcall.stress.gateway;

import dev.rollcall.SessionManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Takes WebSockets on any path, if the client offers the API's subprotocol. */
final class WebSocketHandler extends Handler.Abstract.NonBlocking {
    private static final String VERSION = "13";
    private static final AtomicLong NUMBER = new AtomicLong();

    private final ServerWebSocketContainer container;
    private final Api api;
    private final SessionManager<Handles> sessions;
    private final Connections connections;
    private final WebSocketPeer.Factory peers;

    WebSocketHandler(
            ServerWebSocketContainer container,
            Api api,
            SessionManager<Handles> sessions,
            Connections connections,
            WebSocketPeer.Factory peers) {
        this.container = container;
        this.api = api;
        this.sessions = sessions;
        this.connections = connections;
        this.peers = peers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            return false;
        }
        // Case counts in names of subprotocols, for Jetty's handshake too.
        if (!request.getHeaders()
                .getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, true)
                .contains(api.subprotocol())) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "the WebSocket subprotocol " + api.subprotocol() + " is required");
            return true;
        }
        if (!request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION, VERSION)) {
            // RFC 6455, 4.4: the answer names the version that is understood.
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, VERSION);
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "version " + VERSION + " of the WebSocket protocol is required");
            return true;
        }
        return container.upgrade(
                (upgrade, accepted, done) -> {
                    accepted.setAcceptedSubProtocol(api.subprotocol());
                    // No compression: a compressed message would have to fit Jetty's buffer for inflating,
                    // which is smaller than the largest message.
                    accepted.setExtensions(List.of());
                    return new WebSocketPeer.Endpoint(peers.open(
                            api,
                            sessions,
                            connections,
                            "ws-" + NUMBER.incrementAndGet(),
                            Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request)));
                },
                request,
                response,
                callback);
    }
}
