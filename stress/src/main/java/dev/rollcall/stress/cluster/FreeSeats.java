package dev.rollcall.stress.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on, for nodes that must not meet those of somebody else. */
public final class FreeSeats {
    private static final int LEAST = 12_000;

    /** Below those that the system gives to clients. */
    private static final int MOST = 32_000;

    private FreeSeats() {}

    /** A list of so many seats on this host. */
    public static String of(int seats) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LEAST, MOST);
            boolean isFree = true;
            for (int i = 0; i < 3 * Seats.ENGINE_OFFSET && isFree; i++) {
                isFree = isFree(first + i);
            }
            if (isFree) {
                return "127.0.0.1:" + first + '-' + (first + seats - 1);
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
