package dev.rollcall;

/**
 * A manager's sweeps and audits, and what is remembered of them. A sweep for which no timer has come
 * allocates nothing. What is remembered is read and written together under the monitor.
 */
final class Upkeep<A> {
    private final Shards<A> shards;
    private final Settings<A> settings;

    /** How many sweeps have begun: each gets the next number. */
    private long begun;

    /** The highest number of a sweep that has finished. */
    private long latest;

    private long sweeps;
    private long sweepNanos;
    private long lastSweepNanos;
    private long audits;
    private long disagreements;

    Upkeep(Shards<A> shards, Settings<A> settings) {
        this.shards = shards;
        this.settings = settings;
    }

    /** As {@link SessionManager#sweep}. */
    int sweep() {
        long start = System.nanoTime();
        TimeSource time = settings.time();
        long late = FlightLog.recordsSweeps() ? settings.lateNanos(time.sinceSweepNanos()) : 0;
        long number = begin();
        long began = time.reading();
        long ended = shards.sweep(time.sweepQuanta());
        long took = System.nanoTime() - start;
        swept(number, began, took);
        FlightLog.swept(settings.name(), ended, late, settings.sweepPeriodNanos(), took);
        return (int) Math.min(Integer.MAX_VALUE, ended);
    }

    private synchronized long begin() {
        return ++begun;
    }

    private synchronized void swept(long number, long began, long nanos) {
        if (number > latest) { // a later one may have overtaken it
            latest = number;
            settings.time().finishedSweep(began);
        }
        sweeps++;
        sweepNanos += nanos;
        lastSweepNanos = nanos;
    }

    /** As {@link SessionManager#audit}. */
    AuditReport audit() {
        AuditReport report = new Auditor<>(shards, settings).audit();
        audited(report);
        FlightLog.audited(settings.name(), report);
        return report;
    }

    private synchronized void audited(AuditReport report) {
        audits++;
        disagreements = report.disagreements().size();
    }

    synchronized Figures figures() {
        return new Figures(sweeps, sweepNanos, lastSweepNanos, audits, disagreements);
    }

    /**
     * What is remembered.
     *
     * @param sweeps how many sweeps have finished
     * @param sweepNanos how long they took together
     * @param lastSweepNanos how long the latest took
     * @param audits how many audits have finished
     * @param disagreements what the latest found
     */
    record Figures(long sweeps, long sweepNanos, long lastSweepNanos, long audits, long disagreements) {}
}
