package dev.rollcall;

/** A manager's time: quanta elapsed on its ticker since it was built, never negative. */
final class TimeSource {
    private final Ticker ticker;
    private final long origin;

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

    /** A difference, so a reading that wrapped around is right; a ticker that went back gives 0. */
    private long elapsedNanos() {
        return Math.max(0, ticker.nanos() - origin);
    }
}
