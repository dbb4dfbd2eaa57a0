package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
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
}
