package dev.rollcall.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A thread that reads the count so many times a second. Between reads it sleeps; it then makes all
 * that have become due meanwhile, so that the writers beside it lose to the reads and not to waiting
 * for them.
 */
final class PacedReader {
    /** More than this is not made up for: reads that take longer than their interval would pile up. */
    private static final int MOST_DUE_PARTS_OF_A_SECOND = 100;

    private static final int HOT_BATCH = 64;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier count;
    private final int perSecond;
    private final Thread thread = new Thread(this::run, "reader of the count");
    private final long startNanos = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private volatile boolean isStopped;
    private long sum;

    private PacedReader(LongSupplier count, int perSecond) {
        this.count = count;
        this.perSecond = perSecond;
    }

    /**
     * Starts one.
     *
     * @param perSecond {@link CountBenchmark#HOT_LOOP} for as often as it can
     */
    static PacedReader start(LongSupplier count, int perSecond) {
        PacedReader reader = new PacedReader(count, perSecond);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** How often it has read. */
    long done() {
        return done.get();
    }

    /** How long these reads took together. */
    long busyNanos() {
        return busyNanos.get();
    }

    /** Stops it, after one read at least. */
    void stop() throws InterruptedException {
        isStopped = true;
        LockSupport.unpark(thread);
        thread.join();
        if (sum < 0) {
            throw new IllegalStateException("counts add up to " + sum);
        }
    }

    private void run() {
        long taken = 0;
        do {
            long begin = System.nanoTime();
            long due = due(begin);
            long reads = Math.max(1, Math.min(due - taken, perSecond / MOST_DUE_PARTS_OF_A_SECOND));
            for (long i = 0; i < reads; i++) {
                sum += count.getAsLong();
            }
            busyNanos.setPlain(busyNanos.getPlain() + System.nanoTime() - begin);
            done.setRelease(done.getPlain() + reads);
            taken = isHot() ? 0 : Math.max(due, taken + reads);
            awaitNext(taken);
        } while (!isStopped);
    }

    private boolean isHot() {
        return perSecond == CountBenchmark.HOT_LOOP;
    }

    private long due(long nowNanos) {
        return isHot() ? HOT_BATCH : (long) ((nowNanos - startNanos) / (double) NANOS_PER_SECOND * perSecond);
    }

    private void awaitNext(long taken) {
        while (!isHot() && !isStopped && due(System.nanoTime()) <= taken) {
            LockSupport.parkNanos(this, NANOS_PER_SECOND / perSecond);
        }
    }
}
