package dev.rollcall;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A manager's time: quanta since it was built, as the ticker has it or, with a coarse clock, as the
 * sweeps have it. Never negative, and never before the latest sweep: a ticker that goes back stands
 * still until it has caught up, else a session created meanwhile would be judged by a sweep that
 * knows a later time.
 *
 * <p>What deadlines rest on: between an activity and a later sweep this time advances by no more
 * than the ticker did, so nothing ends early.
 *
 * <p>A coarse clock moves at sweeps only, by what the ticker moved since the sweep before, but by one
 * stride at most; an activity is recorded a stride ahead. So whenever it happened between two
 * sweeps, it is on record no earlier than the second one's time. What the gap before a late sweep
 * exceeds the stride by is lost: deadlines move by it.
 */
final class TimeSource {
    private final Ticker ticker;
    private final long origin;

    /** In nanoseconds; 0 without a coarse clock. */
    private final long stride;

    /** The latest time that a sweep has used, in nanoseconds. Never decreases. */
    private volatile long sweptNanos;

    /** A sweep is moving the coarse clock. */
    private final AtomicBoolean moving = new AtomicBoolean();

    /** The ticker, from the origin, once all could see where it had moved. Guarded by moving. */
    private long movedAt;

    /** False after a ticker failed to give movedAt; the next sweep only makes up for that. Guarded by moving. */
    private boolean isBased = true;

    private TimeSource(Ticker ticker, long stride) {
        this.ticker = ticker;
        this.stride = stride;
        this.origin = ticker.nanos();
    }

    static TimeSource exact(Ticker ticker) {
        return new TimeSource(ticker, 0);
    }

    /**
     * A coarse clock.
     *
     * @param strideNanos the longest time between two sweeps that are on time
     */
    static TimeSource coarse(Ticker ticker, long strideNanos) {
        return new TimeSource(ticker, strideNanos);
    }

    /** Rounded down: for telling how long ago something was. */
    long floorQuanta() {
        return Quanta.floor(stride == 0 ? elapsedNanos() : sweptNanos);
    }

    /** Rounded up: for recording activity. */
    long ceilQuanta() {
        return Quanta.ceil(stride == 0 ? elapsedNanos() : sweptNanos + stride);
    }

    /** The time for a sweep, rounded down. From now on no reading is earlier. */
    long sweepQuanta() {
        if (stride != 0) {
            moveCoarsely();
            return floorQuanta();
        }
        long now = elapsedNanos();
        synchronized (this) {
            sweptNanos = Math.max(sweptNanos, now);
            return Quanta.floor(sweptNanos);
        }
    }

    /**
     * Reads the ticker twice: what passes between the first reading and the moment from which
     * activities are recorded by the new time must not count, for they may be that much younger.
     */
    private void moveCoarsely() {
        if (!moving.compareAndSet(false, true)) {
            return;
        }
        try {
            long reading = ticker.nanos() - origin;
            long gap = isBased ? reading - movedAt : 0;
            if (gap >= 0) {
                isBased = false;
                sweptNanos += Math.min(stride, gap);
                movedAt = Math.max(reading, ticker.nanos() - origin);
                isBased = true;
            }
        } finally {
            moving.set(false);
        }
    }

    /** A difference of readings, so one that wrapped around is right. */
    private long elapsedNanos() {
        return Math.max(sweptNanos, ticker.nanos() - origin);
    }
}
