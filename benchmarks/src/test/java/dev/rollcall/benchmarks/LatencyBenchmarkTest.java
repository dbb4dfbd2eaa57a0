package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.peers.Peer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatencyBenchmarkTest {
    private final AtomicBoolean isSweeping = new AtomicBoolean();

    /** A sweep that keeps everybody waiting must not count as the time before it. */
    @Test
    void turn_requestsBesideTheSweep_areNotOfThePhaseBefore() {
        Requests before = new Requests();
        Requests beside = new Requests();
        LatencyBenchmark benchmark = new LatencyBenchmark();
        benchmark.startOther();
        try {
            Slice busy = new Slice(before, 1, 0);
            Slice swept = new Slice(new Requests(), 0, 0);
            benchmark.turn(
                    new SweepsUntilAsked(beside.firstInSweep),
                    busy,
                    swept,
                    new RequestLoad(busy),
                    new RequestLoad(busy),
                    new RequestLoad(new Slice(beside, 1, 0)));
        } finally {
            benchmark.stopOther();
        }

        assertThat(before.count).hasPositiveValue();
        assertThat(before.inSweep).hasValue(0);
        assertThat(beside.inSweep).hasPositiveValue();
    }

    /** A client that notes when it is asked. */
    private final class Requests implements Peer.Client {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger inSweep = new AtomicInteger();
        private final CountDownLatch firstInSweep = new CountDownLatch(1);

        private void note() {
            count.incrementAndGet();
            if (isSweeping.get()) {
                inSweep.incrementAndGet();
                firstInSweep.countDown();
            }
        }

        @Override
        public void create(int seat) {
            note();
        }

        @Override
        public boolean destroy(int seat) {
            return true;
        }

        @Override
        public boolean keepAlive(int seat) {
            note();
            return true;
        }
    }

    /** Its sweep lasts until there was a request beside it. */
    private final class SweepsUntilAsked implements Peer {
        private final CountDownLatch asked;

        SweepsUntilAsked(CountDownLatch asked) {
            this.asked = asked;
        }

        @Override
        public Client connect(String name, int seats) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long count() {
            return 1;
        }

        @Override
        public void advance(Duration by) {
            // It has no timeouts.
        }

        @Override
        public void sweep() {
            isSweeping.set(true);
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                isSweeping.set(false);
            }
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
