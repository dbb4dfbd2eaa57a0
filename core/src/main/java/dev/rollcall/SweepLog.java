package dev.rollcall;

/**
 * What is remembered of a manager's sweeps. Allocates nothing. Both figures together under the
 * monitor.
 */
final class SweepLog {
    private long finished;
    private long lastNanos;

    synchronized void finished(long nanos) {
        finished++;
        lastNanos = nanos;
    }

    synchronized long finished() {
        return finished;
    }

    /** How long the latest sweep took. */
    synchronized long lastNanos() {
        return lastNanos;
    }
}
