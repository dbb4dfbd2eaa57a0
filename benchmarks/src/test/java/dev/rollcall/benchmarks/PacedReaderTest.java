package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PacedReaderTest {
    private final AtomicLong reads = new AtomicLong();

    @Test
    void run_slowPace_neverReadsMoreThanIsDue() throws InterruptedException {
        long start = System.nanoTime();
        long done = readUntil(20, 200);
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(reads).hasValue(done);
        assertThat((double) done).isLessThanOrEqualTo(1 + 200 * seconds);
    }

    @Test
    void run_hotLoop_readsWithoutPause() throws InterruptedException {
        assertThat(readUntil(100_000, CountBenchmark.HOT_LOOP)).isEqualTo(reads.get());
    }

    /** Reads that are dearer than their interval are not made up for without end. */
    @Test
    void run_paceThatCannotBeKept_readsInBoundedBatches() throws InterruptedException {
        CountDownLatch isBehind = new CountDownLatch(30_000);
        AtomicReference<PacedReader> reader = new AtomicReference<>();
        AtomicLong longest = new AtomicLong();
        reader.set(PacedReader.start(
                () -> {
                    long begin = System.nanoTime();
                    while (System.nanoTime() - begin < 20_000 || reader.get() == null) {
                        Thread.onSpinWait();
                    }
                    long read = reads.incrementAndGet();
                    longest.accumulateAndGet(read - reader.get().done(), Math::max);
                    isBehind.countDown();
                    return read;
                },
                1_000_000));
        assertThat(isBehind.await(60, TimeUnit.SECONDS)).isTrue();
        reader.get().stop();

        assertThat(longest).hasValue(10_000);
    }

    private long readUntil(long wanted, int perSecond) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1);
        PacedReader reader = PacedReader.start(
                () -> {
                    if (reads.incrementAndGet() == wanted) {
                        enough.countDown();
                    }
                    return 1;
                },
                perSecond);
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        reader.stop();
        assertThat(reader.busyNanos()).isPositive();
        return reader.done();
    }
}
