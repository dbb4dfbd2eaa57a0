package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.junit.jupiter.api.Test;

/** What goes over a WebSocket that cannot be written, or not yet. */
class WebSocketPeerTest {
    /** More characters than the sockets' buffers take. */
    private static final int LONG = 1 << 24;

    /** It tells of each failure. Held, for loggers are weakly reachable. */
    private static final Logger LOG = Logger.getLogger("dev.rollcall.stress.gateway");

    private final GatewayOptions options = new GatewayOptions();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Connections> opened = new CompletableFuture<>();
    private final CompletableFuture<Session> gatewaySide = new CompletableFuture<>();
    private final CompletableFuture<WebSocketPeer> answered = new CompletableFuture<>();
    private final CompletableFuture<Integer> gatewaySawClose = new CompletableFuture<>();
    private final CompletableFuture<Integer> clientSawClose = new CompletableFuture<>();

    /**
     * Answers a ping by something that is no JSON, a list by a long text, a message by a long event
     * only, and a claim after the goodbye.
     */
    private static final class Answers extends Api {
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
                case "message" -> {
                    peer.send(answer.put("long", "-".repeat(LONG)));
                    return;
                }
                case "claim" -> {
                    var unused = ((WebSocketPeer) peer).sayGoodbye();
                }
                default -> {}
            }
            reply.accept(answer);
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
                            void opened(Session session) {
                                opened.complete(connections);
                                gatewaySide.complete(session);
                                super.opened(session);
                            }

                            @Override
                            void received(String message) {
                                super.received(message);
                                answered.complete(this);
                            }

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
            ask(socket, "message");
            assertThat(sayGoodbyeAndReply(answered.get(20, TimeUnit.SECONDS))).isNotDone();
            socket.request(Long.MAX_VALUE);
            assertThat(clientSawClose.get(20, TimeUnit.SECONDS)).isEqualTo(StatusCode.SHUTDOWN);
        }
    }

    @Test
    void replyAfterGoodbye_toAClientThatDoesNotRead_cutsItOffWhenIdle() throws Exception {
        try (Gateway gateway = start()) {
            ask(connect(gateway, false), "message");
            var unused = sayGoodbyeAndReply(answered.get(20, TimeUnit.SECONDS));
            gatewaySide.join().setIdleTimeout(Duration.ofSeconds(1));
            gatewaySawClose.get(20, TimeUnit.SECONDS);
            assertThat(gateway.clientSockets()).isZero();
        }
    }

    /** A client that does not read yet, and so many characters for it that its socket is full. */
    private WebSocketPeer full(WebSocket socket, int backlog) throws Exception {
        ask(socket, "info");
        WebSocketPeer peer = answered.get(20, TimeUnit.SECONDS);
        while (gatewaySide.join().isOpen() && peer.backlog() < backlog) {
            peer.send(Json.object("text", "-".repeat(1_000)));
        }
        return peer;
    }

    @Test
    void noticesOfThousandsOfSessions_allArrive_andTheCloseBehindThem() throws Exception {
        int sessions = 3_000;
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, false);
            WebSocketPeer peer = full(socket, 10_000);
            for (int i = 0; i < sessions; i++) {
                gateway.sessions()
                        .create(
                                peer.transport(),
                                SessionOptions.<Handles>defaults().attachment(new Handles()));
            }
            gateway.sessions().close();
            CompletableFuture<Void> goodbye = peer.sayGoodbye();
            assertThat(goodbye).isNotDone();
            socket.request(Long.MAX_VALUE);
            assertThat(clientSawClose.get(60, TimeUnit.SECONDS)).isEqualTo(StatusCode.SHUTDOWN);
            assertThat(heard.stream().filter(text -> text.contains("SHUTDOWN"))).hasSize(sessions);
        }
    }

    @Test
    void clientThatDoesNotRead_isCutOff_andCounts() throws Exception {
        try (Gateway gateway = start()) {
            full(connect(gateway, false), Integer.MAX_VALUE);
            gatewaySawClose.get(20, TimeUnit.SECONDS);
            assertThat(opened.join().tooSlowEver()).isEqualTo(1);
        }
    }

    @Test
    void goodbyeBeforeTheReply_waitsForIt() throws Exception {
        try (Gateway gateway = start()) {
            ask(connect(gateway, true), "claim");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).contains("success");
            assertThat(clientSawClose.get(20, TimeUnit.SECONDS)).isEqualTo(StatusCode.SHUTDOWN);
        }
    }

    /** A peer in a world of its own, whose socket takes no message. */
    private WebSocketPeer deaf(World world, Consumer<Integer> closed) {
        WebSocketPeer peer = new WebSocketPeer(world.client, world.sessions, world.connections, "ws-2", "");
        Class<?>[] types = {Session.class};
        peer.opened((Session) Proxy.newProxyInstance(getClass().getClassLoader(), types, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "sendText" -> {} // never sent
                case "close" -> {
                    closed.accept((Integer) arguments[0]);
                    ((Callback) arguments[2]).succeed();
                }
                default -> {}
            }
            return method.getReturnType() == boolean.class ? true : null;
        }));
        return peer;
    }

    @Test
    void clientThatDoesNotRead_countsOnce_howeverManyMessagesWait_butNotForOneThatIsLong() {
        World world = new World();
        WebSocketPeer peer = deaf(world, code -> {});
        peer.send(Json.object("text", "-".repeat(20_000)));
        assertThat(world.connections.tooSlowEver()).isZero();
        peer.send(Json.object());
        peer.send(Json.object());
        assertThat(world.connections.tooSlowEver()).isEqualTo(1);
    }

    @Test
    void goodbyeThatFails_keepsNoOtherFromBeingSaid() {
        World world = new World();
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            deaf(world, code -> {
                throw new IllegalStateException("on purpose");
            });
            deaf(world, codes::add);
        }
        world.connections.closeAll(CompletableFuture.completedFuture(null));
        assertThat(codes).containsExactly(StatusCode.SHUTDOWN, StatusCode.SHUTDOWN);
    }

    @Test
    void socketThatOpensWhenTheGatewayCloses_isToldGoodbye() {
        World world = new World();
        List<Integer> codes = new ArrayList<>();
        world.connections.closeAll(CompletableFuture.completedFuture(null));
        deaf(world, codes::add);
        assertThat(codes).containsExactly(StatusCode.SHUTDOWN);
    }
}
