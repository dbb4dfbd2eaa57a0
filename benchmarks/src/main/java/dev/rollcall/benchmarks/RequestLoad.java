package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.figures.Figures;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Keepalives and creates at a steady rate, each timed from the instant at which it was meant to
 * start: what waits behind a slow one counts as slow too (no coordinated omission). Creates are timed
 * from their own start as well: how long the manager keeps one of them waiting. There are no others meanwhile, so a
 * percentile of these would hide a long pause; what counts is the longest of each run.
 *
 * <p>A few time slices that another thread takes decide a high percentile over all runs, so there is the median over
 * runs of each one's percentile as well.
 */
final class RequestLoad {
    private static final long INTERVAL_NANOS = 10_000;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final double HIGH = 99.9;
    private static final double NANOS_PER_MICRO = 1_000;

    private final Slice slice;
    private final Histogram keepalives = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram creates = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram createsAlone = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram longestAlone = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram createsOfRun = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram slowOfRuns = new Histogram(LONGEST_NANOS, DIGITS);

    /** Of a client with a seat more than the slice has. */
    RequestLoad(Slice slice) {
        this.slice = slice;
    }

    /** Makes requests until told to stop, and then those that were meant to have started by then. */
    void run(BooleanSupplier stop) {
        long intended = System.nanoTime();
        long lastIntended = Long.MAX_VALUE;
        boolean stopped = false;
        long longest = 0;
        for (long i = 0; !stopped || intended - lastIntended < 0; i++) {
            long start = awaitInstant(intended);
            if (i % 2 == 0) {
                slice.keepOneAlive();
                record(keepalives, System.nanoTime() - intended);
            } else {
                slice.client().create(slice.size());
                long end = System.nanoTime();
                record(createsOfRun, end - intended);
                record(createsAlone, end - start);
                longest = Math.max(longest, end - start);
                slice.client().destroy(slice.size());
            }
            intended += INTERVAL_NANOS;
            if (!stopped && stop.getAsBoolean()) {
                stopped = true;
                lastIntended = System.nanoTime();
            }
        }
        record(longestAlone, longest);
        creates.add(createsOfRun);
        record(slowOfRuns, createsOfRun.getValueAtPercentile(HIGH));
        createsOfRun.reset();
    }

    /** Notes the percentiles under this name, and the medians over runs. */
    void note(String phase) {
        note(phase + ".keepalive", keepalives);
        note(phase + ".create", creates);
        note(phase + ".create.of-runs.p99.9", slowOfRuns.getValueAtPercentile(50));
        note(phase + ".create.alone", createsAlone);
        note(phase + ".create.alone.longest", longestAlone.getValueAtPercentile(50));
    }

    private static void note(String name, Histogram histogram) {
        note(name + ".p50", histogram.getValueAtPercentile(50));
        note(name + ".p99", histogram.getValueAtPercentile(99));
        note(name + ".p99.9", histogram.getValueAtPercentile(HIGH));
        note(name + ".max", histogram.getMaxValue());
    }

    private static void note(String name, long nanos) {
        Figures.note(name, nanos / NANOS_PER_MICRO, "us");
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST_NANOS, nanos));
    }

    /** Returns what time it is by then. */
    private static long awaitInstant(long nanos) {
        while (true) {
            long now = System.nanoTime();
            if (now - nanos >= 0) {
                return now;
            }
            Thread.onSpinWait();
        }
    }
}
