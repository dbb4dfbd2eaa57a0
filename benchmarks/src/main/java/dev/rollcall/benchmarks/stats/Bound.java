package dev.rollcall.benchmarks.stats;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param limit the limit itself meets it; not a number if there is none
 * @param isLeast whether the figure should be at least, or at most, that
 */
public record Bound(double limit, boolean isLeast) {
    /** With fewer forks than this there is no verdict. */
    public static final int FEWEST_FORKS = 5;

    /** Whether a figure is as it should be. */
    public enum Verdict {
        /** The whole interval is within the bound. */
        MET,

        /** The whole interval is outside. */
        MISSED,

        /** The interval is on both sides, or there were too few forks. */
        INCONCLUSIVE,

        /** There is nothing that it should be. */
        NONE;

        @Override
        public String toString() {
            return this == NONE ? "—" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** No less. */
    public static Bound atLeast(double limit) {
        return new Bound(limit, true);
    }

    /** No more. */
    public static Bound atMost(double limit) {
        return new Bound(limit, false);
    }

    /** Whatever it is; the more, the better. */
    public static Bound none() {
        return new Bound(Double.NaN, true);
    }

    /** The verdict that an interval allows. */
    public Verdict judge(Estimate estimate) {
        if (Double.isNaN(limit)) {
            return Verdict.NONE;
        }
        if (estimate.forks() < FEWEST_FORKS || contains(estimate.low()) != contains(estimate.high())) {
            return Verdict.INCONCLUSIVE;
        }
        return contains(estimate.low()) ? Verdict.MET : Verdict.MISSED;
    }

    private boolean contains(double value) {
        return isLeast ? value >= limit : value <= limit;
    }

    @Override
    public String toString() {
        return Double.isNaN(limit)
                ? "—"
                : (isLeast ? "≥ " : "≤ ")
                        + (limit == Math.rint(limit)
                                ? String.format(Locale.ROOT, "%,.0f", limit)
                                : Double.toString(limit));
    }
}
