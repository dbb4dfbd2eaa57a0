package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * A client on a WebSocket. Its loss is reported when the socket closes, however it closes. The next
 * message is read only when the replies that there are have been sent, so a client that does not
 * read slows down itself; one that events pile up for is cut off. A request that waits for others
 * keeps nobody from asking more, unless many wait.
 */
class WebSocketPeer extends Peer {
    private static final System.Logger LOGGER = System.getLogger(WebSocketPeer.class.getName());

    /** While so many requests or more wait for others, nothing more is read. */
    private static final int MOST_DEFERRED = 16;

    private final Api api;
    private final Connections connections;
    private final String remote;
    private final long sinceMillis = System.currentTimeMillis();

    /** Held when one of the next four is read or changed, and never when anything is called. */
    private final Object turn = new Object();

    /** What has to be done before the next message is read: one is being handled, and replies are being sent. */
    private int unsettled;

    /** Requests that wait for others. */
    private int deferred;

    /** The next message was asked for, and has not come yet. */
    private boolean isReading;

    /** No more messages are to be read. */
    private boolean isLeaving;

    /** How many characters wait to be sent. */
    private final AtomicLong backlog = new AtomicLong();

    private final AtomicBoolean isTooSlow = new AtomicBoolean();

    private final AtomicBoolean hasLeft = new AtomicBoolean();
    private final CompletableFuture<Void> goodbye = new CompletableFuture<>();

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
        synchronized (turn) {
            isReading = true;
        }
        connections.opened(this);
        demand();
    }

    void received(String message) {
        synchronized (turn) {
            isReading = false;
            unsettled++;
        }
        try {
            handle(message, reply -> {
                // First of all: a reply that cannot be written must not keep the next message from being read.
                String text = Json.text(reply);
                proceed(1, 0);
                send(text, true);
            });
        } finally {
            proceed(-1, 0);
        }
    }

    @Override
    final void deferred() {
        proceed(0, 1);
    }

    @Override
    final void settled() {
        proceed(0, -1);
    }

    /** Changes how much there is to wait for. What need not wait any more then is done, by one thread only. */
    private void proceed(int moreUnsettled, int moreDeferred) {
        boolean isDone;
        boolean isNext;
        synchronized (turn) {
            unsettled += moreUnsettled;
            deferred += moreDeferred;
            isDone = isLeaving && unsettled + deferred == 0;
            isNext = !isLeaving && !isReading && unsettled == 0 && deferred < MOST_DEFERRED;
            isReading |= isNext;
        }
        if (isDone) {
            leave();
        } else if (isNext) {
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
        send(Json.text(message), false);
    }

    /** How many characters wait to be sent. */
    final long backlog() {
        return backlog.get();
    }

    private void send(String text, boolean isReply) {
        int length = text.length();
        long before = backlog.getAndAdd(length);
        if (before > connections.maxBacklog()) {
            cutOff(true);
            return;
        }
        try {
            Runnable sent = () -> {
                backlog.addAndGet(-length);
                if (isReply) {
                    proceed(-1, 0);
                }
            };
            socket.sendText(text, Callback.from(sent, failure -> cutOff(false)));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            // Nobody knows how much of it the client has got.
            cutOff(false);
        }
    }

    /**
     * Closes the socket in good order, once the replies to all that was read have been sent; done when
     * that has been sent, or has failed.
     */
    final CompletableFuture<Void> sayGoodbye() {
        synchronized (turn) {
            isLeaving = true;
        }
        proceed(0, 0);
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
    private void cutOff(boolean isForReadingTooSlowly) {
        if (!socket.isOpen()) {
            return; // a close frame may still have to be sent; a client that does not take it is cut off when idle
        }
        if (isForReadingTooSlowly && isTooSlow.compareAndSet(false, true)) {
            connections.tooSlow();
        }
        socket.disconnect();
    }
}
