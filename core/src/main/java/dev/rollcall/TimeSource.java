package dev.rollcall;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A manager's time: quanta since it was built. An exact clock takes it from the ticker at every
 * reading; a coarse clock moves it at sweeps only. It is never negative and never before the time
 * of the latest sweep. If the ticker goes back, this time stands still until the ticker has caught
 * up; otherwise a session created meanwhile would be judged by a sweep that used a later time.
 *
 * <p>Deadlines rest on this: between an activity and a later sweep this time advances by no more
 * than the ticker did. So nothing ends early.
 *
 * <p>A sweep moves a coarse clock by what the ticker moved since the sweep before, but by one
 * stride at most, and an activity is recorded one stride ahead of the clock. So whenever an
 * activity happened between two sweeps, it is on record no earlier than the second sweep's time. If
 * a sweep is more than a stride late, the excess is dropped, and every deadline moves later by that
 * much.
 */
final class TimeSource {
    private final Ticker ticker;
    private final long origin;

    /** How far a sweep may move the clock, in nanoseconds; 0 if the clock is exact. */
    private final long stride;

    /** The latest time that a sweep has used, in nanoseconds. Never decreases. */
    private volatile long sweptNanos;

    /** The ticker's reading when the latest finished sweep began; the origin before that. */
    private volatile long sweepBegan;

    /** Whether a sweep is moving the coarse clock. That sweep alone uses the two fields below. */
    private final AtomicBoolean moving = new AtomicBoolean();

    /** Where the next gap begins: by the ticker, from the origin. */
    private long movedAt;

    /** False if the ticker failed to give movedAt. The next sweep then only reads it again. */
    private boolean isBased = true;

    private TimeSource(Ticker ticker, long stride) {
        this.ticker = ticker;
        this.stride = stride;
        this.origin = ticker.nanos();
        this.sweepBegan = origin;
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

    /** Now, rounded down: for telling how long ago something was. */
    long floorQuanta() {
        return Quanta.floor(stride == 0 ? elapsedNanos() : sweptNanos);
    }

    /** Now, rounded up, and a stride ahead with a coarse clock: for recording activity. */
    long ceilQuanta() {
        return Quanta.ceil(stride == 0 ? elapsedNanos() : sweptNanos + stride);
    }

    /** The time for a sweep, rounded down. From now on no reading is earlier. */
    long sweepQuanta() {
        if (stride != 0) {
            moveCoarsely();
            return floorQuanta();
        }
        long reading = ticker.nanos();
        synchronized (this) {
            sweptNanos = Math.max(sweptNanos, reading - origin);
            return Quanta.floor(sweptNanos);
        }
    }

    /**
     * How long ago the latest finished sweep began, by the ticker, in nanoseconds; before the first,
     * how long ago the manager was built. Zero if the ticker has gone back since.
     */
    long sinceSweepNanos() {
        long began = sweepBegan; // before the ticker, so that a sweep in between cannot make it negative
        return Math.max(0, ticker.nanos() - began);
    }

    /** The ticker's reading, for {@link #finishedSweep}. */
    long reading() {
        return ticker.nanos();
    }

    /**
     * A sweep has finished, and did not fail.
     *
     * @param began the ticker's reading before it
     */
    void finishedSweep(long began) {
        sweepBegan = began;
    }

    /**
     * Reads the ticker twice. Until every thread sees the new time, activities may still be
     * recorded by the old one, however long that takes, which is a stride ahead of the old time and
     * so only stride - move ahead of the new one. The next gap may therefore not begin earlier than
     * that before the moment at which all see the new time, which a second reading is not before.
     * A sweep on time moves the clock by less than a stride; if it takes no longer than the rest,
     * the next gap begins at its first reading, and no time is lost between the two.
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
                long move = Math.min(stride, gap);
                long swept = sweptNanos;
                sweptNanos = swept + move;
                // A volatile store is ordered before later memory accesses, but a ticker may read a
                // register of the processor instead. On AArch64 such a read can overtake the store,
                // and the second reading would then be from before the new time could be seen.
                VarHandle.fullFence();
                movedAt = Math.max(reading, ticker.nanos() - origin - (stride - move));
                isBased = true;
            }
        } finally {
            moving.set(false);
        }
    }

    /** A difference of readings, so that it is right even if the ticker has wrapped around. */
    private long elapsedNanos() {
        // The system's clock directly: to call it through the interface, a load of the ticker's class
        // has to arrive before the clock is read.
        long reading = ticker == SystemTicker.INSTANCE ? System.nanoTime() : ticker.nanos();
        return Math.max(sweptNanos, reading - origin);
    }
}
