package dev.rollcall;

import java.time.Duration;
import java.util.Objects;

/**
 * The manager's unit of time: 2<sup>17</sup> nanoseconds, about 131 microseconds.
 *
 * <p>Inside, time is counted in quanta since the manager was built. A power of two makes the
 * conversion a shift; the size lets every reading of a {@code long} ticker fit the 46 bits that the
 * state word has for it, so that no reading, however far the ticker jumps, can overflow. Activity
 * and timeouts are rounded up and "now" is rounded down wherever a deadline is judged, so rounding
 * can make an end late by two quanta but never early; {@link #stepShift} takes those two quanta off
 * the tick, so that the promise of "one tick late at most" holds to the nanosecond.
 */
final class Quanta {
    static final int SHIFT = 17;
    static final long NANOS = 1L << SHIFT;

    /** The largest number of quanta a ticker can have elapsed. */
    static final long MAX = Long.MAX_VALUE >>> SHIFT;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final int COARSE_SHIFT = 10;

    private Quanta() {}

    static long floor(long nanos) {
        return nanos >>> SHIFT;
    }

    /** Rounds up. For {@code nanos >= 0}; the largest value is rounded down instead. */
    static long ceil(long nanos) {
        return Math.min((nanos + (NANOS - 1)) >>> SHIFT, MAX);
    }

    /** For an {@code int}: units of 2<sup>10</sup> quanta, about 134 milliseconds, rounded down. Nine years at most. */
    static int toCoarse(long quanta) {
        return (int) Math.min(quanta >>> COARSE_SHIFT, Integer.MAX_VALUE);
    }

    /** The quanta of a number of coarse units. */
    static long ofCoarse(int units) {
        return (long) units << COARSE_SHIFT;
    }

    /** Checks a duration that a caller gave; the message names it as {@code what}. */
    static long checkedNanos(String what, Duration duration) {
        Objects.requireNonNull(duration, what);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " is negative: " + duration);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + duration + " is longer than the longest possible, " + LONGEST);
        }
        return duration.toNanos();
    }

    /**
     * The wheel's step for a tick, as a shift: the largest power of two of quanta of which two (a
     * deadline is filed under the next step; the next sweep comes up to a step later) and two quanta
     * of rounding are no longer than the tick.
     */
    static int stepShift(long tickNanos) {
        return stepShift(tickNanos, 2);
    }

    /** The same with a coarse clock: an activity is recorded up to a stride, two steps, later. */
    static int coarseStepShift(long tickNanos) {
        return stepShift(tickNanos, 4);
    }

    private static int stepShift(long tickNanos, int steps) {
        return 63 - Long.numberOfLeadingZeros((tickNanos / NANOS - 2) / steps);
    }
}
