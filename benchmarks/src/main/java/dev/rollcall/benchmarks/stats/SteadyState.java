package dev.rollcall.benchmarks.stats;

import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * From which of its iterations on a fork is warm. All iterations are recorded; the rule is applied
 * afterwards, so that nobody has to guess how long warming up takes.
 *
 * <p>A series is steady from its first value on for which all of this holds, of the values from
 * there on: they are a third of all and at least three; the first is within {@link #TOLERANCE} of
 * their median, and so are three quarters of all; and the medians of their two halves are that
 * close to each other. One in four may be far off, because a collection or a neighbour on the machine
 * disturbs single iterations, which is no warming up; they count in the fork's mean.
 */
public final class SteadyState {
    /** How far from each other values may be that are said to be the same, as a share. */
    public static final double TOLERANCE = 0.2;

    private static final int FEWEST = 3;
    private static final double SHARE_WITHIN = 0.75;

    private SteadyState() {}

    /** The index of the first value from which on the series is steady; empty if it never is. */
    public static OptionalInt start(List<Double> series) {
        int fewest = Math.max(FEWEST, (series.size() + 2) / 3);
        for (int from = 0; from + fewest <= series.size(); from++) {
            if (isSteady(series.subList(from, series.size()))) {
                return OptionalInt.of(from);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isSteady(List<Double> values) {
        double median = median(values);
        long within = values.stream().filter(value -> isClose(value, median)).count();
        int half = values.size() / 2;
        return isClose(values.get(0), median)
                && within >= SHARE_WITHIN * values.size()
                && isClose(median(values.subList(0, half)), median(values.subList(half, values.size())));
    }

    /** Whether two values differ by at most the tolerance, in terms of the larger. */
    private static boolean isClose(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * Math.max(one, other);
    }

    private static double median(List<Double> values) {
        return new Median()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
