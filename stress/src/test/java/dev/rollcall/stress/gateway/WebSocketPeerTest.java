package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Replies over a WebSocket that cannot be written. */
class WebSocketPeerTest {
    /** It tells of each failure. Held, for loggers are weakly reachable. */
    private static final Logger LOG = Logger.getLogger("dev.rollcall.stress.gateway");

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /** Answers a ping by something that is no JSON. */
    private static final class Unwritable extends Api {
        @Override
        String subprotocol() {
            return ClientApi.SUBPROTOCOL;
        }

        @Override
        void answer(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) {
            ObjectNode answer = request.success();
            if (request.command().equals("ping")) {
                answer.putPOJO("no bean", new Object());
            }
            reply.accept(answer);
        }
    }

    private final class Ear implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }
    }

    @Test
    void replyThatCannotBeWritten_doesNotKeepTheNextMessageFromBeingRead() throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        LOG.setLevel(Level.OFF);
        try (Gateway gateway = Gateway.start(
                options,
                settings -> settings,
                (api, sessions, connections, name, remote) ->
                        new WebSocketPeer(new Unwritable(), sessions, connections, name, remote))) {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols(ClientApi.SUBPROTOCOL)
                    .buildAsync(gateway.url(), new Ear())
                    .get(20, TimeUnit.SECONDS);
            socket.sendText(World.json("{'janus':'ping','transaction':'1'}"), true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).contains("490");
            socket.sendText(World.json("{'janus':'info','transaction':'2'}"), true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(World.json("{'janus':'success','transaction':'2'}"));
            assertThat(heard).isEmpty();
        } finally {
            LOG.setLevel(null);
        }
    }
}
