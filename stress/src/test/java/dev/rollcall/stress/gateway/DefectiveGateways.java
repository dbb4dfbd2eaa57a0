package dev.rollcall.stress.gateway;

import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Transport;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.websocket.api.StatusCode;

/** Gateways with a defect that real ones have or had: controls, which the storm has to catch. */
public enum DefectiveGateways {
    /**
     * Requests are queued, as in Janus, and the connection's transport is opened when one needs it:
     * a create that is handled after its socket is gone opens another, which nobody ever reports.
     */
    LATE_CREATE {
        @Override
        WebSocketPeer open(
                Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote) {
            return new Deferring(api, sessions, connections, name, remote) {
                private Transport<Handles> reopened;

                @Override
                synchronized Transport<Handles> transport() {
                    if (!super.transport().isGone()) {
                        return super.transport();
                    }
                    reopened = reopened == null ? sessions.openTransport(name + "-again", this) : reopened;
                    return reopened;
                }
            };
        }
    },

    /** Only a socket that is closed in good order counts as lost. */
    UNREPORTED_LOSS {
        @Override
        WebSocketPeer open(
                Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote) {
            return new WebSocketPeer(api, sessions, connections, name, remote) {
                @Override
                void closed(int statusCode) {
                    if (statusCode == StatusCode.NORMAL || statusCode == StatusCode.NO_CODE) {
                        super.closed(statusCode);
                    } else {
                        connections.closed(this);
                    }
                }
            };
        }
    };

    private static final int THREADS = 4;

    /** Of all gateways, so that their requests are late when there are many. */
    private static final ExecutorService QUEUE = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "deferred-requests");
        thread.setDaemon(true);
        return thread;
    });

    abstract WebSocketPeer open(
            Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote);

    /** As {@link Gateway#start(GatewayOptions, UnaryOperator)}. */
    public Gateway start(GatewayOptions options, UnaryOperator<SessionManagerBuilder<Handles>> settings)
            throws IOException {
        return Gateway.start(options, settings, this::open);
    }

    /** Handles each message later, and reads on at once unless many wait. */
    private static class Deferring extends WebSocketPeer {
        private static final int MOST_WAITING = 200;

        private final AtomicInteger waiting = new AtomicInteger();

        /** The messages of one client in their order. */
        private final Object turn = new Object();

        Deferring(Api api, SessionManager<Handles> sessions, Connections connections, String name, String remote) {
            super(api, sessions, connections, name, remote);
        }

        @Override
        void received(String message) {
            boolean isRoom = waiting.incrementAndGet() < MOST_WAITING;
            QUEUE.execute(() -> {
                synchronized (turn) {
                    handle(message, this::send);
                }
                if (waiting.getAndDecrement() == MOST_WAITING) {
                    demand();
                }
            });
            if (isRoom) {
                demand();
            }
        }
    }
}
