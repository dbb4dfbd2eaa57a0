package dev.rollcall.examples;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import java.util.List;

/**
 * A Jakarta WebSocket endpoint: a session for each socket, which a client whose socket was cut claims
 * with its next one, by the parameter {@code claim}.
 */
final class JakartaEndpoint extends Endpoint {
    private static final String TRANSPORT = "rollcall.transport";
    private final SessionManager<String> sessions;

    JakartaEndpoint(SessionManager<String> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onOpen(jakarta.websocket.Session socket, EndpointConfig config) {
        Transport<String> transport = sessions.openTransport("ws-" + socket.getId(), socket);
        socket.getUserProperties().put(TRANSPORT, transport);
        Session<String> session = claimedOrNew(socket, transport);
        socket.addMessageHandler(String.class, text -> send(socket, session.keepAlive() ? "echo " + text : "gone"));
        send(socket, "session " + session.id());
    }

    /** Where it fails, the socket fails, of which onClose is told. */
    private static void send(jakarta.websocket.Session socket, String text) {
        socket.getAsyncRemote().sendText(text, result -> {});
    }

    private Session<String> claimedOrNew(jakarta.websocket.Session socket, Transport<String> transport) {
        for (String claim : socket.getRequestParameterMap().getOrDefault("claim", List.of())) {
            Session<String> session = sessions.find(Long.parseLong(claim));
            if (session != null && session.claim(transport)) {
                return session;
            }
        }
        return sessions.create(transport);
    }

    /** A client that closes is done; one that is cut off may come back within the reclaim timeout. */
    @Override
    public void onClose(jakarta.websocket.Session socket, CloseReason reason) {
        Transport<?> transport = (Transport<?>) socket.getUserProperties().get(TRANSPORT);
        if (reason.getCloseCode() == CloseCodes.NORMAL_CLOSURE) {
            transport.close();
        } else {
            transport.gone();
        }
    }
}
