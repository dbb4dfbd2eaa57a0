package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sessions that well-behaved clients hold all through the storm, on the JDK's own WebSockets, and
 * keep alive. Confined to one thread.
 */
final class Held {
    private static final int SOCKETS = 4;
    private static final int SESSIONS_EACH = 5;
    private static final long PATIENCE_SECONDS = 20;

    private final Stage stage;
    private final List<Client> clients = new ArrayList<>();

    /** One socket and its sessions. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();
        private final Set<Long> sessions = new TreeSet<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            messages.add("{\"closed\":" + statusCode + "}");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add("{\"failed\":true}");
        }

        JsonNode ask(String request) throws IOException {
            try {
                socket.sendText(request, true).join();
                String reply = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return Stage.json(reply == null ? "{\"silence\":true}" : reply);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            } catch (CompletionException closed) {
                throw new IOException("a held socket failed", closed);
            }
        }
    }

    Held(Stage stage) throws IOException {
        this.stage = stage;
        for (int i = 0; i < SOCKETS; i++) {
            Client client = new Client();
            client.socket = stage.http()
                    .newWebSocketBuilder()
                    .subprotocols(Ask.PROTOCOL)
                    .buildAsync(stage.url(), client)
                    .join();
            clients.add(client);
            for (int j = 0; j < SESSIONS_EACH; j++) {
                JsonNode reply = client.ask(Ask.create());
                stage.expect(reply, "success");
                client.sessions.add(Ask.createdId(reply));
            }
        }
    }

    /** Keeps all of them alive, once. */
    void keepAlive() throws IOException {
        for (Client client : clients) {
            for (long id : client.sessions) {
                JsonNode reply = client.ask(Ask.about("keepalive", id));
                stage.tally().check(Check.HELD, Ask.is(reply, "ack"), "keepalive of a held session: " + reply);
            }
        }
    }

    Set<Long> ids() {
        Set<Long> ids = new TreeSet<>();
        clients.forEach(client -> ids.addAll(client.sessions));
        return ids;
    }

    int sockets() {
        return clients.size();
    }

    /** Destroys one half, and leaves the other to the closing of the sockets. */
    void letGo() throws IOException {
        for (Client client : clients) {
            for (long id : List.copyOf(client.sessions).subList(0, SESSIONS_EACH / 2)) {
                stage.expect(client.ask(Ask.about("destroy", id)), "success");
            }
            client.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }
}
