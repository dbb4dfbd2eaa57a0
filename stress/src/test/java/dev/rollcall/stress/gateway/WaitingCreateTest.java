package dev.rollcall.stress.gateway;

import static dev.rollcall.stress.gateway.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Creates that wait for the fleet, and what else is on their socket. */
class WaitingCreateTest {
    private static final int MOST = 16;
    private static final String CREATE = json("{'janus':'create','transaction':'t'}");

    /** Those that ask the fleet for more, in their order. */
    private final BlockingQueue<CompletableFuture<Boolean>> waiting = new LinkedBlockingQueue<>();

    private final Fleet fleet = new Fleet() {
        @Override
        public CompletableFuture<Boolean> more() {
            CompletableFuture<Boolean> more = new CompletableFuture<>();
            waiting.add(more);
            return more;
        }
    };

    /** On a socket of the JDK's, what a client hears. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            heard.add(text.toString()); // short ones come whole
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            heard.add("PONG");
            socket.request(1);
            return null;
        }

        String next() throws InterruptedException {
            return heard.poll(20, TimeUnit.SECONDS);
        }
    }

    private Gateway start() throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.port = 0;
        options.adminPort = 0;
        options.maxSessions = 1;
        return Gateway.start(options, fleet, settings -> settings);
    }

    private static WebSocket connect(Gateway gateway, Client client) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(ClientApi.SUBPROTOCOL)
                .buildAsync(gateway.url(), client)
                .get(20, TimeUnit.SECONDS);
    }

    private static void send(WebSocket socket, String text) throws Exception {
        socket.sendText(text, true).get(20, TimeUnit.SECONDS);
    }

    /** Creates the only session that there may be, and returns a request that keeps it alive. */
    private static String keepalive(WebSocket socket, Client client) throws Exception {
        send(socket, CREATE);
        long id = Json.document(client.next()).path("data").path("id").asLong();
        return json("{'janus':'keepalive','transaction':'t','session_id':" + id + "}");
    }

    private CompletableFuture<Boolean> nextWaiting() throws InterruptedException {
        CompletableFuture<Boolean> next = waiting.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void createThatWaits_keepsNothingElseOnItsSocketWaiting() throws Exception {
        Client client = new Client();
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, client);
            String keepalive = keepalive(socket, client);
            send(socket, CREATE);
            socket.sendPing(ByteBuffer.allocate(1)).get(20, TimeUnit.SECONDS);
            assertThat(client.next()).isEqualTo("PONG");
            send(socket, keepalive);
            assertThat(client.next()).contains("ack");
            nextWaiting().complete(false);
            assertThat(client.next()).contains("472");
        }
    }

    @Test
    void createsThatWait_asManyAsMay_keepTheSocketFromBeingRead_untilOneIsAnswered() throws Exception {
        Client client = new Client();
        try (Gateway gateway = start()) {
            WebSocket socket = connect(gateway, client);
            String keepalive = keepalive(socket, client);
            List<CompletableFuture<Boolean>> creates = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                send(socket, CREATE);
                creates.add(nextWaiting());
            }
            send(socket, keepalive);
            creates.get(0).complete(false);
            assertThat(client.next()).contains("472");
            assertThat(client.next()).contains("ack");
            creates.forEach(create -> create.complete(false)); // as a fleet does that is left
        }
    }

    /** A peer on a socket that sends everything at once. */
    private final class Script {
        private final World world = new World();
        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

        /** How often the next message was asked for. */
        private final AtomicInteger demands = new AtomicInteger();

        private final WebSocketPeer peer = new WebSocketPeer(
                new ClientApi(world.sessions, world.terms, fleet, Runnable::run),
                world.sessions,
                world.connections,
                "ws-2",
                "");

        Script() {
            Class<?>[] types = {Session.class};
            peer.opened((Session) Proxy.newProxyInstance(
                    getClass().getClassLoader(), types, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "demand" -> demands.incrementAndGet();
                            case "sendText", "close" -> {
                                sent.add(String.valueOf(arguments[0]));
                                ((Callback) arguments[arguments.length - 1]).succeed();
                            }
                            default -> {}
                        }
                        return method.getReturnType() == boolean.class ? true : null;
                    }));
            world.sessions.setMaxSessions(0);
        }

        /** Receives so many creates, all of which wait. */
        List<CompletableFuture<Boolean>> create(int count) {
            for (int i = 0; i < count; i++) {
                peer.received(CREATE);
            }
            List<CompletableFuture<Boolean>> creates = new ArrayList<>();
            waiting.drainTo(creates);
            assertThat(creates).hasSize(count);
            return creates;
        }
    }

    @Test
    void createsThatWait_upToTheLast_readOn() {
        Script script = new Script();
        assertThat(script.demands).hasValue(1);
        script.create(MOST - 1);
        assertThat(script.demands).hasValue(MOST);
        script.create(1);
        assertThat(script.demands).hasValue(MOST);
    }

    @RepeatedTest(20)
    void createsThatWait_answeredAtOnce_readOnOnce() {
        Script script = new Script();
        List<CompletableFuture<Boolean>> creates = script.create(MOST);
        creates.parallelStream().forEach(create -> create.complete(false));
        assertThat(script.demands).hasValue(MOST + 1);
        assertThat(script.sent).hasSize(MOST);
        script.peer.received(json("{'janus':'ping','transaction':'t'}"));
        assertThat(script.demands).hasValue(MOST + 2);
    }

    @Test
    void createThatWaitsAgain_doesNotReadOnAgain() {
        Script script = new Script();
        script.create(1).get(0).complete(true);
        assertThat(waiting).hasSize(1);
        assertThat(script.demands).hasValue(2);
    }

    @Test
    void goodbye_waitsForTheReplies() {
        Script script = new Script();
        List<CompletableFuture<Boolean>> creates = script.create(2);
        CompletableFuture<Void> goodbye = script.peer.sayGoodbye();
        creates.get(0).complete(false);
        assertThat(goodbye).isNotDone();
        creates.get(1).complete(false);
        assertThat(goodbye).isCompleted();
        assertThat(script.sent).hasSize(3).endsWith(String.valueOf(StatusCode.SHUTDOWN));
        assertThat(script.demands).hasValue(3);
    }
}
