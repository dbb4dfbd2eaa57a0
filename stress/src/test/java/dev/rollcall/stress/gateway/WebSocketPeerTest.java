package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.junit.jupiter.api.Test;

/** Replies over a WebSocket that cannot be written, or not yet. */
class WebSocketPeerTest {
    /** More characters than the sockets' buffers take. */
    private static final int LONG = 1 << 24;

    /** It tells of each failure. Held, for loggers are weakly reachable. */
    private static final Logger LOG = Logger.getLogger("dev.rollcall.stress.gateway");

    private final GatewayOptions options = new GatewayOptions();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<WebSocketPeer> answered = new CompletableFuture<>();
    private final CompletableFuture<Integer> gatewaySawClose = new CompletableFuture<>();
    private final CompletableFuture<Integer> clientSawClose = new CompletableFuture<>();

    /** Answers a ping by something that is no JSON, and a list by a long text. */
    private final class Answers extends Api {
        @Override
        String subprotocol() {
            return ClientApi.SUBPROTOCOL;
        }

        @Override
        void answer(JanusRequest request, Peer peer, Consumer<ObjectNode> reply) {
            ObjectNode answer = request.success();
            switch (request.command()) {
                case "ping" -> answer.putPOJO("no bean", new Object());
                case "list" -> answer.put("long", "-".repeat(LONG));
                default -> {}
            }
            reply.accept(answer);
            answered.complete((WebSocketPeer) peer);
        }
    }

    private final class Client implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();
        private final boolean isReading;

        Client(boolean isReading) {
            this.isReading = isReading;
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (isReading) {
                socket.request(Long.MAX_VALUE);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            message.append(text);
            if (isLast) {
                heard.add(message.toString());
                message.setLength(0);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            clientSawClose.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            clientSawClose.completeExceptionally(error);
        }
    }

    private Gateway start() throws IOException {
        options.port = 0;
        options.adminPort = 0;
        return Gateway.start(
                options,
                settings -> settings,
                (api, sessions, connections, name, remote) ->
                        new WebSocketPeer(new Answers(), sessions, connections, name, remote) {
                            @Override
                            void closed(int statusCode) {
                                super.closed(statusCode);
                                gatewaySawClose.complete(statusCode);
                            }
                        });
    }

    private WebSocket connect(Gateway gateway, boolean isReading) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(ClientApi.SUBPROTOCOL)
                .buildAsync(gateway.url(), new Client(isReading))
                .get(20, TimeUnit.SECONDS);
    }

    private static void ask(WebSocket socket, String command) throws Exception {
        socket.sendText(World.json("{'janus':'" + command + "','transaction':'t'}"), true)
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void replyThatCannotBeWritten_doesNotKeepTheNextMessageFromBeingRead() throws Exception {
        LOG.setLevel(Level.OFF);
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, true);
            ask(socket, "ping");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).contains("490");
            ask(socket, "info");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(World.json("{'janus':'success','transaction':'t'}"));
            assertThat(heard).isEmpty();
        } finally {
            LOG.setLevel(null);
        }
    }

    @Test
    void replyLongerThanAnyRequestMayBe_arrives() throws Exception {
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, true);
            ask(socket, "list");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).hasSizeGreaterThan(LONG);
            ask(socket, "info");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(World.json("{'janus':'success','transaction':'t'}"));
        }
    }

    /** Too late: behind the long text a close frame waits already. */
    private static CompletableFuture<Void> sayGoodbyeAndReply(WebSocketPeer peer) {
        CompletableFuture<Void> goodbye = peer.sayGoodbye();
        peer.send(Json.object());
        return goodbye;
    }

    @Test
    void replyAfterGoodbye_leavesTheCloseFrameToTheClient() throws Exception {
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, false);
            ask(socket, "list");
            assertThat(sayGoodbyeAndReply(answered.get(20, TimeUnit.SECONDS))).isNotDone();
            socket.request(Long.MAX_VALUE);
            assertThat(clientSawClose.get(20, TimeUnit.SECONDS)).isEqualTo(StatusCode.SHUTDOWN);
        }
    }

    @Test
    void replyAfterGoodbye_toAClientThatDoesNotRead_cutsItOffWhenIdle() throws Exception {
        options.idleTimeout = Duration.ofSeconds(1);
        try (Gateway gateway = start()) {
            ask(connect(gateway, false), "list");
            var unused = sayGoodbyeAndReply(answered.get(20, TimeUnit.SECONDS));
            gatewaySawClose.get(20, TimeUnit.SECONDS);
            assertThat(gateway.clientSockets()).isZero();
        }
    }
}
