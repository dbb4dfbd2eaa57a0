package dev.rollcall.stress.gateway;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a gateway is told. The fields' first values are the defaults. Not thread-safe. */
public final class GatewayOptions {
    private static final int MOST_PORT = 65_535;

    /** The address to listen on for clients. */
    @Option(names = "--host", description = "Address to listen on for clients (default: ${DEFAULT-VALUE}).")
    public String host = "127.0.0.1";

    /** The address to listen on for operators, who need no secret for some of what they do. */
    @Option(names = "--admin-host", description = "Address to listen on for operators (default: ${DEFAULT-VALUE}).")
    public String adminHost = "127.0.0.1";

    /** The port for clients. */
    @Option(names = "--port", description = "Port for clients, 0 for any free one (default: ${DEFAULT-VALUE}).")
    public int port = 8188;

    /** The port for operators. */
    @Option(names = "--admin-port", description = "Port for operators, 0 for any free one (default: ${DEFAULT-VALUE}).")
    public int adminPort = 7088;

    /** What admin requests have to present; null or blank for one that is made up. */
    @Option(
            names = "--admin-secret",
            defaultValue = "${env:ROLLCALL_ADMIN_SECRET}",
            description = "Secret of the admin API; from ROLLCALL_ADMIN_SECRET unless given. If there is none, or it is"
                    + " blank, one is made up and printed.")
    public String adminSecret;

    /** How long a session may be idle. */
    @Option(
            names = "--session-timeout",
            converter = Seconds.class,
            paramLabel = "<seconds>",
            description = "How long a session may be idle, 0 for ever (default: 60).")
    public Duration sessionTimeout = Duration.ofSeconds(60);

    /** How long a session may be claimed after its socket is gone. */
    @Option(
            names = "--reclaim-timeout",
            converter = Seconds.class,
            paramLabel = "<seconds>",
            description = "How long a session may be claimed after its socket is gone (default: 0).")
    public Duration reclaimTimeout = Duration.ZERO;

    /** How many sessions may be live; 0 for no limit. */
    @Option(
            names = "--max-sessions",
            description = "How many sessions may be live, 0 for no limit (default: ${DEFAULT-VALUE}).")
    public long maxSessions;

    /** How many sockets of clients may be open. */
    @Option(
            names = "--max-connections",
            description =
                    "How many sockets of clients may be open; more wait to be accepted (default: ${DEFAULT-VALUE}).")
    public int maxConnections = 20_000;

    /** The largest message, in bytes. */
    @Option(
            names = "--max-message",
            paramLabel = "<bytes>",
            description = "The largest message; a longer one closes the socket (default: ${DEFAULT-VALUE}).")
    public int maxMessageBytes = 65_536;

    /** How many characters may wait for a client that does not read; 0 for no limit. */
    @Option(
            names = "--max-backlog",
            paramLabel = "<characters>",
            description = "How many characters may wait for a slow reader, which is then cut off;"
                    + " 0 for no limit (default: ${DEFAULT-VALUE}).")
    public int maxBacklog = 262_144;

    /** How long a socket may be silent. */
    @Option(
            names = "--idle-timeout",
            converter = Seconds.class,
            paramLabel = "<seconds>",
            description = "How long a socket may be silent before it is closed (default: 120).")
    public Duration idleTimeout = Duration.ofMinutes(2);

    /** How long a poll waits for an event. */
    @Option(
            names = "--poll-timeout",
            converter = Seconds.class,
            paramLabel = "<seconds>",
            description = "How long an HTTP poll waits for an event, but no longer than half of"
                    + " --session-timeout (default: 30).")
    public Duration pollTimeout = Duration.ofSeconds(30);

    /** How long a drain waits for sessions to end. */
    @Option(
            names = "--drain-timeout",
            converter = Seconds.class,
            paramLabel = "<seconds>",
            description = "How long to wait for sessions to end at SIGTERM (default: 10).")
    public Duration drainTimeout = Duration.ofSeconds(10);

    /** The cluster to be a node of; null for none. */
    @Option(
            names = "--cluster",
            paramLabel = "<name>",
            description = "Be one of several gateways: the cluster's name. See CLUSTER.md.")
    public String cluster;

    /** How many sessions may be live over all nodes; 0 for no limit. */
    @Option(
            names = "--fleet-limit",
            paramLabel = "<sessions>",
            description = "How many sessions may be live over all nodes, 0 for no limit (default: ${DEFAULT-VALUE}).")
    public long fleetLimit;

    /** Where nodes may be. */
    @Option(
            names = "--cluster-seats",
            paramLabel = "<host:ports>",
            description = "The addresses that nodes may have, the same on each node (default: ${DEFAULT-VALUE}).")
    public String clusterSeats = "127.0.0.1:7800-7807";

    /**
     * Refuses what makes no sense.
     *
     * @throws IllegalArgumentException if an option is out of its range; the message names it
     */
    void check() {
        checkPort("--port", port);
        checkPort("--admin-port", adminPort);
        checkAtLeast(0, "--max-sessions", maxSessions);
        checkAtLeast(1, "--max-connections", maxConnections);
        checkAtLeast(1, "--max-message", maxMessageBytes);
        checkAtLeast(0, "--max-backlog", maxBacklog);
        checkAtLeast(0, "--fleet-limit", fleetLimit);
    }

    private static void checkPort(String option, int value) {
        if (value < 0 || value > MOST_PORT) {
            throw new IllegalArgumentException(option + " must be between 0 and " + MOST_PORT + ": " + value);
        }
    }

    private static void checkAtLeast(long least, String option, long value) {
        if (value < least) {
            throw new IllegalArgumentException(option + " must be at least " + least + ": " + value);
        }
    }

    /** Seconds, with a fraction if need be. */
    static final class Seconds implements ITypeConverter<Duration> {
        private static final double MOST = 1e9;

        @Override
        public Duration convert(String value) {
            double seconds;
            try {
                seconds = Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is no number of seconds");
            }
            if (!(seconds >= 0 && seconds <= MOST)) {
                throw new TypeConversionException("'" + value + "' is not between 0 and " + (long) MOST + " seconds");
            }
            return Duration.ofNanos((long) (seconds * 1e9));
        }
    }
}
