package dev.rollcall.stress.gateway;

import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.micrometer.SessionMetrics;
import dev.rollcall.stress.cluster.Cluster;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * A running gateway: two ports, one for clients and one for operators, and a session manager.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Gateway.class.getName());

    /** It tells of every start and stop. Held here, for loggers are weakly reachable. */
    private static final java.util.logging.Logger JETTY = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    static {
        JETTY.setLevel(java.util.logging.Level.WARNING);
    }

    private static final int MOST_THREADS = 32;
    private static final int LEAST_THREADS = 4;
    private static final int ACCEPT_QUEUE = 1024;

    private final GatewayOptions options;
    private final String adminSecret;
    private final Server server;
    private final ServerConnector clients;
    private final ServerConnector operators;
    private final GracefulHandler exchanges = new GracefulHandler();
    private final SessionManager<Handles> sessions;
    private final Connections connections;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gateway-clock");
        thread.setDaemon(true);
        return thread;
    });
    private final Fleet fleet;

    /** Holds no port and runs no thread if it fails. */
    private Gateway(GatewayOptions options, Fleet fleet, UnaryOperator<SessionManagerBuilder<Handles>> settings) {
        this.options = options;
        this.fleet = fleet;
        connections = new Connections(options.maxBacklog);
        boolean isSecretGiven = options.adminSecret != null && !options.adminSecret.isBlank();
        adminSecret = isSecretGiven ? options.adminSecret : madeUpSecret();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("gateway");
        server = new Server(threads);
        clients = connector("clients", options.host, options.port);
        operators = connector("operators", options.adminHost, options.adminPort);
        server.addBean(new NetworkConnectionLimit(options.maxConnections, clients));
        sessions = settings.apply(builder(options, fleet)).build();
    }

    private void begin(WebSocketPeer.Factory peers) throws IOException {
        bind("--host", "--port", clients);
        bind("--admin-host", "--admin-port", operators);
        Terms terms = new Terms(sessions);
        ClientApi clientApi = new ClientApi(sessions, terms, fleet, server.getThreadPool());
        Figures figures = new Figures(sessions, terms, connections, fleet, clientApi.refusals());
        AdminApi adminApi = new AdminApi(sessions, terms, connections, adminSecret, fleet);
        exchanges.setHandler(new ContextHandlerCollection(
                context(clients, clientApi, peers, new HttpApi("/janus", clientApi, sessions, options)),
                context(
                        operators,
                        adminApi,
                        WebSocketPeer::new,
                        new HttpApi("/admin", adminApi, sessions, options),
                        new Console(figures, metrics(clientApi.refusals())))));
        server.setHandler(exchanges);
        var unused = clock.scheduleAtFixedRate(() -> everySecond(figures), 0, 1, TimeUnit.SECONDS);
        try {
            fleet.join(sessions, url());
            server.start();
        } catch (Exception e) {
            throw new IOException("the gateway did not start: " + e.getMessage(), e);
        }
    }

    /** Whatever else is to be seen at {@code /metrics} is bound here. */
    private Metrics metrics(Refusals refusals) {
        return new Metrics(
                List.of(new SessionMetrics(sessions), new GatewayMetrics(connections, clients, refusals)),
                new FleetMetrics(fleet));
    }

    /**
     * Starts a gateway.
     *
     * @throws IOException if a port is taken or the host is unknown; the message says which
     * @throws IllegalArgumentException if an option makes no sense; the message names it
     */
    public static Gateway start(GatewayOptions options) throws IOException {
        return start(options, settings -> settings);
    }

    /**
     * Starts a gateway whose session manager differs from what the options make of it.
     *
     * @param settings adds to the manager's builder: a listener, another ticker
     * @throws IOException if a port is taken or the host is unknown; the message says which
     * @throws IllegalArgumentException if an option makes no sense; the message names it
     */
    public static Gateway start(GatewayOptions options, UnaryOperator<SessionManagerBuilder<Handles>> settings)
            throws IOException {
        return start(options, settings, WebSocketPeer::new);
    }

    static Gateway start(
            GatewayOptions options, UnaryOperator<SessionManagerBuilder<Handles>> settings, WebSocketPeer.Factory peers)
            throws IOException {
        options.check();
        return start(options, fleet(options), settings, peers);
    }

    /**
     * Starts a gateway as a part of a fleet that the caller has made. The options that are about a
     * cluster mean nothing then.
     *
     * @param fleet closed with the gateway, also if a port is taken or it cannot be joined
     * @param settings adds to the manager's builder
     * @throws IOException if a port is taken or the host is unknown; the message says which
     * @throws IllegalArgumentException if an option makes no sense; the message names it
     */
    public static Gateway start(
            GatewayOptions options, Fleet fleet, UnaryOperator<SessionManagerBuilder<Handles>> settings)
            throws IOException {
        options.check();
        return start(options, fleet, settings, WebSocketPeer::new);
    }

    private static Gateway start(
            GatewayOptions options,
            Fleet fleet,
            UnaryOperator<SessionManagerBuilder<Handles>> settings,
            WebSocketPeer.Factory peers)
            throws IOException {
        Gateway gateway = new Gateway(options, fleet, settings);
        boolean hasBegun = false;
        try {
            gateway.begin(peers);
            hasBegun = true;
            return gateway;
        } finally {
            if (!hasBegun) {
                gateway.close();
            }
        }
    }

    private static Fleet fleet(GatewayOptions options) {
        if (options.cluster != null) {
            return new Cluster(options.cluster, options.clusterSeats, options.fleetLimit, options.maxSessions);
        }
        if (options.fleetLimit != 0) {
            throw new IllegalArgumentException("--fleet-limit is for a --cluster");
        }
        return Fleet.NONE;
    }

    private static SessionManagerBuilder<Handles> builder(GatewayOptions options, Fleet fleet) {
        SessionManagerBuilder<Handles> builder = SessionManager.<Handles>builder()
                .name("gateway")
                .sessionTimeout(options.sessionTimeout)
                .reclaimTimeout(options.reclaimTimeout)
                .listener(new OwnerNotices());
        fleet.listeners().forEach(builder::listener);
        long limit = options.maxSessions == 0 ? fleet.limit() : options.maxSessions;
        return limit == 0 ? builder : builder.maxSessions(limit);
    }

    private ServerConnector connector(String name, String host, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setName(name);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(options.idleTimeout.toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
        return connector;
    }

    private static void bind(String hostOption, String portOption, ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            if (rootCause(e) instanceof UnresolvedAddressException) {
                throw new IOException(
                        "cannot listen on " + connector.getHost() + ", the host is unknown: choose another with "
                                + hostOption,
                        e);
            }
            throw new IOException(
                    "cannot listen on " + connector.getHost() + ":" + connector.getPort()
                            + ", the port may be taken: choose" + " another with " + portOption
                            + ", 0 for any free one (" + rootMessage(e) + ")",
                    e);
        }
    }

    /** What was wrong in the first place. */
    public static String rootMessage(Throwable failure) {
        return String.valueOf(rootCause(failure).getMessage());
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    private ContextHandler context(ServerConnector connector, Api api, WebSocketPeer.Factory peers, Handler... others) {
        ContextHandler context = new ContextHandler("/");
        context.setVirtualHosts(List.of("@" + connector.getName()));
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server, context);
        container.setMaxTextMessageSize(options.maxMessageBytes);
        // Frames are not limited, but split as Jetty does by default: a limit would also hold for replies.
        container.setIdleTimeout(options.idleTimeout);
        context.addBean(container);
        Handler.Sequence sequence =
                new Handler.Sequence(new WebSocketHandler(container, api, sessions, connections, peers));
        for (Handler other : others) {
            sequence.addHandler(other);
        }
        context.setHandler(sequence);
        return context;
    }

    private void everySecond(Figures figures) {
        try {
            connections.reportAgain();
            figures.sample();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            // If this threw anything, there would be no next time.
            Connections.warn("the gateway's clock missed a beat", failure);
        }
    }

    private static String madeUpSecret() {
        return new BigInteger(128, new SecureRandom()).toString(36);
    }

    /** The sessions. */
    public SessionManager<Handles> sessions() {
        return sessions;
    }

    /** The fleet's figures as this gateway knows them; null if it is by itself. */
    public FleetFigure fleet() {
        return fleet.figure();
    }

    /** How many WebSockets to clients are open. */
    public long clientSockets() {
        return connections.count(ClientApi.SUBPROTOCOL);
    }

    /** Where clients' WebSockets connect to. */
    public URI url() {
        return url(options.host, clients.getLocalPort());
    }

    /** Where operators' WebSockets connect to. */
    public URI adminUrl() {
        return url(options.adminHost, operators.getLocalPort());
    }

    /** Where WebSockets connect to; an address of IPv6 stands in brackets. */
    public static URI url(String host, int port) {
        boolean isBare = host.contains(":") && !host.startsWith("[");
        return URI.create("ws://" + (isBare ? '[' + host + ']' : host) + ':' + port + '/');
    }

    /** What admin requests have to present. */
    public String adminSecret() {
        return adminSecret;
    }

    /** Waits until it is stopped. */
    void join() throws InterruptedException {
        server.join();
    }

    /**
     * Refuses new sessions, waits for those that live as long as the options say, and closes.
     *
     * @return whether all sessions had ended by then
     * @throws InterruptedException if interrupted while it waits; it is closed then, too
     */
    public boolean drain() throws InterruptedException {
        try {
            return sessions.drain(options.drainTimeout);
        } finally {
            close();
        }
    }

    /**
     * Ends all sessions, whose owners are told, closes all sockets and frees the ports. Requests under
     * way are answered before. Whatever of this fails, the rest is done.
     */
    @Override
    public void close() {
        try {
            sessions.close();
        } finally {
            try {
                fleet.close();
            } finally {
                try {
                    clock.shutdownNow();
                    connections.closeAll(exchanges.shutdown());
                } finally {
                    stop();
                }
            }
        }
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the server did not stop in good order", e);
        } finally {
            // One that has not started stops nothing.
            clients.close();
            operators.close();
        }
    }
}
