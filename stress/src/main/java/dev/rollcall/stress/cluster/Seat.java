package dev.rollcall.stress.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A seat that this process has taken. The kernel frees it when the process dies, however it dies. */
final class Seat implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Seat.class.getName());

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int number;
    private final ServerSocket socket;
    private final byte[] greeting;

    private Seat(int number, ServerSocket socket, String greeting) {
        this.number = number;
        this.socket = socket;
        this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
    }

    static Seat bind(int number, InetSocketAddress address, String greeting) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return greetingAt(number, socket, greeting);
    }

    /** A seat whose socket is bound. */
    static Seat greetingAt(int number, ServerSocket socket, String greeting) {
        Seat seat = new Seat(number, socket, greeting);
        Thread thread = new Thread(seat::greetAll, "cluster-seat");
        thread.setDaemon(true);
        thread.start();
        return seat;
    }

    int number() {
        return number;
    }

    private void greetAll() {
        while (!socket.isClosed()) {
            try (Socket visitor = socket.accept()) {
                visitor.getOutputStream().write(greeting);
            } catch (IOException | OutOfMemoryError gone) {
                // A visitor that left, or the seat is closed. The next one is greeted all the same.
                LOGGER.log(Level.DEBUG, "a visitor of the seat was not greeted", gone);
                // Without file descriptors the next one fails at once, and so on.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the seat was not given up in good order", e);
        }
    }
}
