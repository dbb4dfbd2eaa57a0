package dev.rollcall.stress.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on, for nodes that must not meet those of somebody else. */
public final class FreeSeats {
    private static final int LEAST = 12_000;

    /** Below those that the system gives to clients. */
    private static final int MOST = 32_000;

    /** Consecutive seats, before the next port is the engine's of the first of them. */
    private static final int SEATS_OF_A_BLOCK = Seats.ENGINE_OFFSET;

    /** The ports of such seats: theirs, and the engine's twice. */
    private static final int PORTS_OF_A_BLOCK = 3 * SEATS_OF_A_BLOCK;

    private FreeSeats() {}

    /** A list of so many seats on this host. */
    public static String of(int seats) {
        return lists(1, seats).get(0);
    }

    /** Lists of so many seats each on this host, which have no port in common. */
    public static List<String> lists(int count, int seats) {
        int blocks = (seats + SEATS_OF_A_BLOCK - 1) / SEATS_OF_A_BLOCK;
        int ports = blocks * PORTS_OF_A_BLOCK;
        int first = freePorts(count * ports);
        List<String> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(list(first + i * ports, seats));
        }
        return lists;
    }

    private static String list(int first, int seats) {
        List<String> blocks = new ArrayList<>();
        int port = first;
        for (int left = seats; left > 0; left -= SEATS_OF_A_BLOCK) {
            blocks.add("127.0.0.1:" + port + '-' + (port + Math.min(left, SEATS_OF_A_BLOCK) - 1));
            port += PORTS_OF_A_BLOCK;
        }
        return String.join(",", blocks);
    }

    /** The first of so many consecutive ports that are free now. */
    private static int freePorts(int count) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LEAST, MOST - count);
            boolean isFree = true;
            for (int i = 0; i < count && isFree; i++) {
                isFree = isFree(first + i);
            }
            if (isFree) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
