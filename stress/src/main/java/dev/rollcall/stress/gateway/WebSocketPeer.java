package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * A client on a WebSocket. Its loss is reported when the socket closes, however it closes. The next
 * message is read only when the replies to the one before are on their way, so a client that does
 * not read slows down itself; one that events pile up for is cut off.
 */
class WebSocketPeer extends Peer {
    private static final System.Logger LOGGER = System.getLogger(WebSocketPeer.class.getName());

    private final Api api;
    private final Connections connections;
    private final String remote;
    private final long sinceMillis = System.currentTimeMillis();

    /** What has to be done before the next message is read. */
    private final AtomicInteger unsettled = new AtomicInteger();

    private final AtomicBoolean isTooSlow = new AtomicBoolean();

    private final AtomicBoolean hasLeft = new AtomicBoolean();
    private final CompletableFuture<Void> goodbye = new CompletableFuture<>();

    /** No more messages are to be read. */
    private volatile boolean isLeaving;

    /** The socket is closed, and the manager may not have been told yet. */
    private volatile boolean isLost;

    /** Set before there is a session that anything could be sent about. */
    private volatile Session socket;

    /** How peers are made; a test makes defective ones. */
    @FunctionalInterface
    interface Factory {
        WebSocketPeer open(
                Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote);
    }

    /** What Jetty calls, which has to be public for that. */
    public static final class Endpoint implements Session.Listener {
        private final WebSocketPeer peer;

        Endpoint(WebSocketPeer peer) {
            this.peer = peer;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            peer.opened(session);
        }

        @Override
        public void onWebSocketText(String message) {
            peer.received(message);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            callback.succeed();
            peer.socket.close(StatusCode.BAD_DATA, "only text is understood", Callback.NOOP);
        }

        /** Resets, bad frames: everyday matters, after which the socket closes. */
        @Override
        public void onWebSocketError(Throwable cause) {
            LOGGER.log(Level.DEBUG, () -> peer.transport().name() + " failed: " + cause);
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason, Callback callback) {
            peer.closed(statusCode);
            callback.succeed();
        }
    }

    WebSocketPeer(Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote) {
        super(sessions, name);
        this.api = api;
        this.connections = connections;
        this.remote = remote;
    }

    String subprotocol() {
        return api.subprotocol();
    }

    boolean isLost() {
        return isLost;
    }

    String remote() {
        return remote;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    void opened(Session session) {
        socket = session;
        connections.opened(this);
        demand();
    }

    void received(String message) {
        deferred();
        try {
            handle(message, reply -> {
                // First of all: a reply that cannot be written must not keep the next message from being read.
                String text = Json.text(reply);
                deferred();
                send(text, this::settled);
            });
        } finally {
            settled();
        }
    }

    /** The next message is not read before this is settled. */
    @Override
    final void deferred() {
        unsettled.incrementAndGet();
    }

    @Override
    final void settled() {
        if (unsettled.decrementAndGet() > 0) {
            return;
        }
        if (isLeaving) {
            leave();
        } else {
            demand();
        }
    }

    void handle(String message, Consumer<ObjectNode> reply) {
        api.handleAll(message, this, reply);
    }

    final void demand() {
        if (socket.isOpen()) {
            socket.demand();
        }
    }

    void closed(int statusCode) {
        // Needs no memory, so whatever fails from here on, the clock sees it.
        isLost = true;
        connections.lost(this);
        goodbye.complete(null);
    }

    @Override
    void send(ObjectNode message) {
        send(Json.text(message), () -> {});
    }

    private void send(String text, Runnable sent) {
        try {
            socket.sendText(text, Callback.from(sent, this::sendFailed));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            // Nobody knows how much of it the client has got.
            sendFailed(failure);
        }
    }

    /**
     * Closes the socket in good order, once the replies to the message that was read are on their way;
     * done when that has been sent, or has failed.
     */
    final CompletableFuture<Void> sayGoodbye() {
        deferred();
        isLeaving = true;
        settled();
        return goodbye;
    }

    /** Closes the socket in good order, whatever is left to be settled. */
    final void leave() {
        if (!hasLeft.compareAndSet(false, true)) {
            return;
        }
        try {
            Callback done = Callback.from(() -> goodbye.complete(null), goodbye::completeExceptionally);
            socket.close(StatusCode.SHUTDOWN, "the gateway stops", done);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            goodbye.completeExceptionally(failure);
        }
    }

    /** Too much waits to be sent, the connection is broken, or the socket is being closed. */
    private void sendFailed(Throwable failure) {
        if (failure instanceof WritePendingException && isTooSlow.compareAndSet(false, true)) {
            connections.tooSlow();
        }
        // A close frame may still have to be sent; a client that does not take it is cut off when idle.
        if (socket.isOpen()) {
            socket.disconnect();
        }
    }
}
