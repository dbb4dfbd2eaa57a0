package dev.rollcall.examples;

import dev.rollcall.Connection;
import dev.rollcall.SessionManager;
import java.io.IOException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** A Spring WebSocket handler: a session for each socket. Make it and the manager beans. */
final class SpringHandler extends TextWebSocketHandler {
    private static final String CONNECTION = "rollcall.connection";

    private final SessionManager<String> sessions;

    SpringHandler(SessionManager<String> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) throws IOException {
        Connection<String> connection = sessions.connect("ws-" + socket.getId(), socket);
        socket.getAttributes().put(CONNECTION, connection);
        socket.sendMessage(new TextMessage("session " + connection.session().id()));
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) throws IOException {
        if (connection(socket).session().keepAlive()) {
            socket.sendMessage(new TextMessage("echo " + message.getPayload()));
        } else {
            socket.close(CloseStatus.POLICY_VIOLATION.withReason("session has ended"));
        }
    }

    /** Called for every connection that was established, after an error too. */
    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        if (status.equalsCode(CloseStatus.NORMAL)) {
            connection(socket).transport().close();
        } else {
            connection(socket).transport().gone();
        }
    }

    private static Connection<?> connection(WebSocketSession socket) {
        return (Connection<?>) socket.getAttributes().get(CONNECTION);
    }
}
