package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A seat amid trouble. */
class SeatTest {
    private static final int FAILURES = 5;

    private final CountDownLatch failures = new CountDownLatch(FAILURES);

    /** As without file descriptors: to accept fails at once. */
    private final class Failing extends ServerSocket {
        Failing() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            failures.countDown();
            throw new SocketException("Too many open files");
        }
    }

    @Test
    void acceptThatFailsAtOnce_isNotTriedWithoutAPause() throws Exception {
        long start = System.nanoTime();
        Seat seat = Seat.greetingAt(0, new Failing(), "hello");
        assertThat(failures.await(20, TimeUnit.SECONDS)).isTrue();
        seat.close();
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    }

    /** As by a node that is busy: late, but it tells that the two were not told the same. */
    @Test
    void greetingThatComesLate_isWaitedFor() throws Exception {
        Seats seats = Seats.parse(FreeSeats.of(1));
        InetSocketAddress address = seats.address(0);
        FutureTask<Void> check = new FutureTask<>(() -> {
            seats.checkOthers(Greeting.of("test", 50, seats));
            return null;
        });
        try (ServerSocket busy = new ServerSocket(address.getPort(), 2, address.getAddress())) {
            new Thread(check, "check").start();
            try (Socket visitor = busy.accept()) {
                // So much time has passed for the visitor, too.
                assertThat(seats.probe(0, "test").finding()).isEqualTo(Seats.Finding.SILENT);
                visitor.getOutputStream()
                        .write(Greeting.of("test", 100, seats).text().getBytes(StandardCharsets.UTF_8));
            }
            assertThatThrownBy(() -> check.get(20, TimeUnit.SECONDS)).hasMessageContainingAll("limit 100", "limit 50");
        }
    }
}
