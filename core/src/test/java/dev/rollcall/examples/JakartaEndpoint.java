package dev.rollcall.examples;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import java.io.IOException;
import java.util.List;

/**
 * A Jakarta WebSocket endpoint, one for each socket: a session that a client whose socket was cut
 * claims with its next one, by the parameter {@code claim}.
 */
public final class JakartaEndpoint {
    private final SessionManager<String> sessions;
    private Transport<String> transport;
    private Session<String> session;

    JakartaEndpoint(SessionManager<String> sessions) {
        this.sessions = sessions;
    }

    @OnOpen
    public void open(jakarta.websocket.Session socket) throws IOException {
        transport = sessions.openTransport("ws-" + socket.getId(), socket);
        session = claimedOrNew(socket.getRequestParameterMap().getOrDefault("claim", List.of()));
        socket.getBasicRemote().sendText("session " + session.id());
    }

    private Session<String> claimedOrNew(List<String> claims) {
        for (String claim : claims) {
            Session<String> claimed = sessions.find(Long.parseLong(claim));
            if (claimed != null && claimed.claim(transport)) {
                return claimed;
            }
        }
        return sessions.create(transport);
    }

    @OnMessage
    public String message(String text) {
        return session.keepAlive() ? "echo " + text : "gone";
    }

    /** A client that closes is done; one that is cut off may come back within the reclaim timeout. */
    @OnClose
    public void close(CloseReason reason) {
        if (reason.getCloseCode() == CloseCodes.NORMAL_CLOSURE) {
            transport.close();
        } else {
            transport.gone();
        }
    }
}
