package dev.rollcall;

import java.time.Duration;
import java.util.Objects;

/**
 * The manager's unit of time: 2<sup>17</sup> nanoseconds, about 131 microseconds.
 *
 * <p>A manager counts time in quanta since it was built. A quantum is a power of two of
 * nanoseconds, so conversion is a shift. It is so large that every reading of a {@code long} ticker
 * fits into the 46 bits that the state word has for a time; no reading can overflow them, however
 * far the ticker jumps.
 *
 * <p>Activity and timeouts are rounded up, and "now" is rounded down where a deadline is judged. So
 * rounding can make an end late by less than two quanta and never makes it early. {@link
 * #stepShift} takes those two quanta off the tick, so that an end is at most one tick late to the
 * nanosecond.
 */
final class Quanta {
    static final int SHIFT = 17;
    static final long NANOS = 1L << SHIFT;

    /** The largest number of quanta a ticker can have elapsed. */
    static final long MAX = Long.MAX_VALUE >>> SHIFT;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** From quanta to the coarse units of {@link #toCoarse}. */
    private static final int COARSE_SHIFT = 10;

    private Quanta() {}

    static long floor(long nanos) {
        return nanos >>> SHIFT;
    }

    /** Rounds up. For {@code nanos >= 0}; the largest values are rounded down to {@link #MAX}. */
    static long ceil(long nanos) {
        return Math.min((nanos + (NANOS - 1)) >>> SHIFT, MAX);
    }

    /**
     * A time that fits into an {@code int}: in units of 2<sup>10</sup> quanta, about 134
     * milliseconds, rounded down. What exceeds the range, which is nine years, becomes the largest
     * value.
     */
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
     * The wheel's step for a tick: the binary logarithm of its length in quanta. It is the largest
     * for which two steps and two quanta are no longer than the tick. One step is lost because a
     * deadline is filed under the end of the step that it lies in; another because the next sweep
     * may come up to a step after that end; the two quanta are lost to rounding. This counts on
     * sweeps that come once a step.
     */
    static int stepShift(long tickNanos) {
        return stepShift(tickNanos, 2);
    }

    /** The same for a coarse clock, which records an activity up to a stride, two steps, later. */
    static int coarseStepShift(long tickNanos) {
        return stepShift(tickNanos, 4);
    }

    private static int stepShift(long tickNanos, int steps) {
        return 63 - Long.numberOfLeadingZeros((tickNanos / NANOS - 2) / steps);
    }
}
