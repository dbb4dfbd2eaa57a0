package dev.rollcall.stress.cluster;

import dev.rollcall.stress.gateway.Gateway;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The addresses that nodes of a cluster may have, the same list on every node. A node takes a seat,
 * which is a listening socket, before anything else, and keeps it as long as its process lives. So
 * an address that refuses connections is one where no node is: the one sign that a node is dead,
 * and not merely silent. Immutable.
 */
final class Seats {
    private static final System.Logger LOGGER = System.getLogger(Seats.class.getName());

    /** The engine listens so many ports above the seat, and looks for deaths so many above that. */
    static final int ENGINE_OFFSET = 20;

    private static final int PATIENCE_MILLIS = 500;

    /** How long a node that joins waits for what all others together say. */
    private static final int CHECK_MILLIS = 10_000;

    private static final int MOST_PORT = 65_535 - 2 * ENGINE_OFFSET;

    private final List<InetSocketAddress> addresses;

    /** What was found at an address. */
    enum Finding {
        /** Connections are refused: nobody is there. */
        VACANT,

        /** A node of the cluster in question. */
        TAKEN,

        /** A node of another cluster, or something else that speaks. */
        OTHERS,

        /** No answer: perhaps a node that is stopped or cut off. */
        SILENT
    }

    /** What was found, and what was said there if anything was. */
    record Answer(Finding finding, String greeting) {
        /** What a node of the same cluster was told otherwise than this one; null if there is none, or nothing. */
        String contradiction(Greeting mine) {
            return finding != Finding.TAKEN || greeting.equals(mine.text())
                    ? null
                    : "another " + greeting + "; here it is " + mine.settings();
        }
    }

    private Seats(List<InetSocketAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /**
     * Parses a list such as {@code 10.0.0.1:7800,10.0.0.2:7800-7803}.
     *
     * @throws IllegalArgumentException if it is none, names an address twice or a port that the engine needs, or a
     *     host is unknown
     */
    static Seats parse(String list) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            String[] ports = part.substring(colon + 1).split("-", 2);
            try {
                int first = Integer.parseInt(ports[0].strip());
                int last = Integer.parseInt(ports[ports.length - 1].strip());
                if (colon < 1 || first < 1 || last < first || last > MOST_PORT) {
                    throw new IllegalArgumentException("seat '" + part + "' is not host:port or host:from-to");
                }
                for (int port = first; port <= last; port++) {
                    addresses.add(new InetSocketAddress(part.substring(0, colon).strip(), port));
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("seat '" + part + "' is not host:port or host:from-to", e);
            }
        }
        for (InetSocketAddress address : addresses) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("seat " + address + ": the host is unknown");
            }
        }
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new IllegalArgumentException("seats '" + list + "': an address is named twice");
        }
        checkPortsOfEngine(addresses);
        return new Seats(addresses);
    }

    /** Who took such a seat would stand in for the engine of another node, and the cluster would never open. */
    private static void checkPortsOfEngine(List<InetSocketAddress> addresses) {
        Set<InetSocketAddress> all = new HashSet<>(addresses);
        for (InetSocketAddress seat : addresses) {
            for (int above : List.of(ENGINE_OFFSET, 2 * ENGINE_OFFSET)) {
                InetSocketAddress port = new InetSocketAddress(seat.getAddress(), seat.getPort() + above);
                if (all.contains(port)) {
                    throw new IllegalArgumentException("seats " + name(seat) + " and " + name(port)
                            + " exclude each other: where a node has a seat, the engine listens " + ENGINE_OFFSET
                            + " and " + 2 * ENGINE_OFFSET + " ports above");
                }
            }
        }
    }

    int size() {
        return addresses.size();
    }

    InetSocketAddress address(int seat) {
        return addresses.get(seat);
    }

    List<InetSocketAddress> engineAddresses() {
        return addresses.stream()
                .map(seat -> new InetSocketAddress(seat.getAddress(), seat.getPort() + ENGINE_OFFSET))
                .toList();
    }

    String name(int seat) {
        return name(addresses.get(seat));
    }

    /** Where clients find the node at a seat: one can listen on a wildcard address, but not connect to it. */
    String announced(String url, int seat) {
        URI told = URI.create(url);
        String host = told.getHost();
        InetAddress address = host == null ? null : new InetSocketAddress(host, told.getPort()).getAddress();
        return address != null && address.isAnyLocalAddress()
                ? Gateway.url(addresses.get(seat).getHostString(), told.getPort())
                        .toString()
                : url;
    }

    private static String name(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** The whole list, the same text on every node that was told the same. */
    @Override
    public String toString() {
        return addresses.stream()
                .map(seat -> seat.getAddress().getHostAddress() + ":" + seat.getPort())
                .collect(Collectors.joining(","));
    }

    /**
     * Takes the first seat of this host's that is free.
     *
     * @param greeting what whoever connects is told
     * @throws IOException if there is none; the message says so
     */
    Seat take(String greeting) throws IOException {
        for (int i = 0; i < addresses.size(); i++) {
            try {
                return Seat.bind(i, addresses.get(i), greeting);
            } catch (BindException takenOrAnotherHosts) {
                LOGGER.log(Level.DEBUG, "not this seat", takenOrAnotherHosts);
            }
        }
        throw new IOException("no free seat on this host among " + this + ": choose others with --cluster-seats");
    }

    /**
     * Nodes of one cluster must have been told the same. Waits for a node that is busy: if it were
     * overlooked, the cluster would never open.
     *
     * @throws IOException if there is one that was not; the message says what
     */
    void checkOthers(Greeting mine) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS);
        for (int i = 0; i < addresses.size(); i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            String contradiction = probe(i, mine.cluster(), (int) Math.max(PATIENCE_MILLIS, left))
                    .contradiction(mine);
            if (contradiction != null) {
                throw new IOException("at " + name(i) + " is " + contradiction);
            }
        }
    }

    /** Looks whether somebody is at a seat. Waits for a second at most. */
    Answer probe(int seat, String clusterName) {
        return probe(seat, clusterName, PATIENCE_MILLIS);
    }

    /** Waits so long for a greeting. To connect takes no time, however busy a node is. */
    private Answer probe(int seat, String clusterName, int patienceMillis) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(patienceMillis);
            socket.connect(addresses.get(seat), PATIENCE_MILLIS);
            String said = new String(socket.getInputStream().readNBytes(Greeting.MOST_BYTES), StandardCharsets.UTF_8);
            if (said.isEmpty()) {
                return new Answer(Finding.SILENT, said);
            }
            return new Answer(Greeting.isOf(said, clusterName) ? Finding.TAKEN : Finding.OTHERS, said);
        } catch (ConnectException e) {
            // The JDK throws the same for a timeout of the kernel's.
            boolean isRefused = String.valueOf(e.getMessage()).contains("refused");
            return new Answer(isRefused ? Finding.VACANT : Finding.SILENT, "");
        } catch (IOException e) {
            return new Answer(Finding.SILENT, "");
        }
    }
}
