package dev.rollcall.benchmarks.results;

import java.util.List;

/**
 * One number with its spread, as JMH writes it.
 *
 * @param score the mean over all iterations of all forks
 * @param scoreError half the width of the 99.9 % confidence interval; not a number if there were
 *     too few iterations
 * @param scoreUnit what the score is in
 * @param rawData the iterations' scores, by fork; null for samples
 */
public record Metric(double score, double scoreError, String scoreUnit, List<List<Double>> rawData) {
    /** In how many forks it was measured; 0 if that is not on file. */
    public int forks() {
        return rawData == null ? 0 : rawData.size();
    }

    /** The same in another unit, of which there are so many in one of this unit. */
    public Metric times(double factor, String unit) {
        List<List<Double>> raw = rawData == null
                ? null
                : rawData.stream()
                        .map(fork -> fork.stream().map(each -> each * factor).toList())
                        .toList();
        return new Metric(score * factor, scoreError * factor, unit, raw);
    }
}
