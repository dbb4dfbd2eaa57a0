package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.Metric;

/**
 * A quotient of two measurements, with the error that theirs leave it.
 *
 * @param value the quotient
 * @param error not a number if one of the two has none
 */
record Ratio(double value, double error) {
    static Ratio of(Metric dividend, Metric divisor) {
        double value = dividend.score() / divisor.score();
        double relative = Math.hypot(dividend.scoreError() / dividend.score(), divisor.scoreError() / divisor.score());
        return new Ratio(value, value * relative);
    }

    /** Whether a goal is met: as far as this run can tell. */
    String judge(Goal goal) {
        double slack = Double.isNaN(error) ? 0 : error;
        boolean met = goal.isMetBy(value);
        boolean clear = goal.isMetBy(value - slack) == met && goal.isMetBy(value + slack) == met;
        return (met ? "met" : "missed") + (clear ? "" : ", within error");
    }

    @Override
    public String toString() {
        return Numbers.withError(value, error);
    }

    /**
     * What a ratio should be.
     *
     * @param bound the limit
     * @param atLeast whether the ratio should be at least, or at most, that
     */
    record Goal(double bound, boolean atLeast) {
        boolean isMetBy(double value) {
            return atLeast ? value >= bound : value <= bound;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + (bound >= 10 ? Numbers.whole(bound) : "" + bound);
        }
    }
}
