package dev.rollcall.benchmarks.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A figure with the interval that its forks leave it. A fork gives one number, since the iterations
 * of one fork share the compiler's decisions and the heap's layout and are not independent. A ratio
 * is taken between the two forks of one pass, which ran close to each other in time; a pass that
 * lacks one of the two is left out.
 *
 * <p>The value is the geometric mean. The interval is Student's for the logarithms: a disturbance
 * multiplies a time, and it hits either side of a ratio alike, so the logarithms are about
 * symmetric. With the few passes that there are, Student's holds what it promises, also with
 * outliers, which make it wider; a percentile bootstrap of five to ten passes is too narrow.
 *
 * @param value the geometric mean
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 * @param forks how many numbers, or pairs of numbers, it comes from
 */
public record Estimate(double value, double low, double high, int forks) {
    /** In how many of a hundred campaigns an interval contains the truth. */
    public static final int CONFIDENCE_PERCENT = 95;

    /** With fewer there is no figure at all. */
    public static final int FEWEST_FORKS = 3;

    /** An interval whose ends are further apart than this says nothing that is worth showing. */
    private static final double WIDEST = 1.5;

    /** The interval of numbers, one per pass; a number that is missing is null. Empty if they are too few. */
    public static Optional<Estimate> of(List<Double> passes) {
        SummaryStatistics logs = new SummaryStatistics();
        passes.stream().filter(Estimate::isThere).forEach(value -> logs.addValue(Math.log(value)));
        int forks = Math.toIntExact(logs.getN());
        if (forks < FEWEST_FORKS) {
            return Optional.empty();
        }
        double quantile =
                new TDistribution(null, forks - 1.0).inverseCumulativeProbability(0.5 + CONFIDENCE_PERCENT / 200.0);
        double half = quantile * logs.getStandardDeviation() / Math.sqrt(forks);
        double mean = logs.getMean();
        return Optional.of(new Estimate(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half), forks));
    }

    /** The interval of a ratio, from two lists that have the passes in the same order. */
    public static Optional<Estimate> ofRatio(List<Double> dividends, List<Double> divisors) {
        List<Double> ratios = new ArrayList<>();
        for (int pass = 0; pass < Math.min(dividends.size(), divisors.size()); pass++) {
            Double dividend = dividends.get(pass);
            Double divisor = divisors.get(pass);
            ratios.add(isThere(dividend) && isThere(divisor) ? dividend / divisor : null);
        }
        return of(ratios);
    }

    /** Whether the interval is narrow enough to say something. */
    public boolean isTelling() {
        return high <= WIDEST * low;
    }

    /** Nothing has a logarithm but what is above zero. */
    private static boolean isThere(Double number) {
        return number != null && number > 0;
    }
}
