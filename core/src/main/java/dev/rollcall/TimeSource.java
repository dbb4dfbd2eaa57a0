package dev.rollcall;

/**
 * A manager's time: quanta elapsed on its ticker since it was built. Never negative, and never
 * before the latest sweep: a ticker that goes back stands still until it has caught up, else a
 * session created meanwhile would be judged by a sweep that knows a later time.
 */
final class TimeSource {
    private final Ticker ticker;
    private final long origin;

    /** The latest time that a sweep has used, in nanoseconds. Never decreases. */
    private volatile long sweptNanos;

    TimeSource(Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    /** Rounded down: for judging deadlines. */
    long floorQuanta() {
        return Quanta.floor(elapsedNanos());
    }

    /** Rounded up: for recording activity. */
    long ceilQuanta() {
        return Quanta.ceil(elapsedNanos());
    }

    /** The time for a sweep, rounded down. From now on no reading is earlier. */
    synchronized long sweepQuanta() {
        sweptNanos = elapsedNanos();
        return Quanta.floor(sweptNanos);
    }

    /** A difference of readings, so one that wrapped around is right. */
    private long elapsedNanos() {
        return Math.max(sweptNanos, ticker.nanos() - origin);
    }
}
