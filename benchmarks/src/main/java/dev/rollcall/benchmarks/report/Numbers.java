package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.Metric;
import java.util.Locale;

/** Numbers with their spread, to as many digits as they have. */
final class Numbers {
    static final String NONE = "—";

    private Numbers() {}

    /** A score with its error. */
    static String score(Metric metric) {
        return withError(metric.score(), metric.scoreError());
    }

    static String withError(double value, double error) {
        String shown = plain(value);
        return Double.isNaN(error)
                ? shown
                : shown + String.format(Locale.ROOT, " ± %,." + decimals(value) + "f", error);
    }

    /** To three digits or so. */
    static String plain(double value) {
        return String.format(Locale.ROOT, "%,." + decimals(value) + "f", value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static int decimals(double value) {
        return value >= 100 ? 0 : value >= 10 ? 1 : 2;
    }

    static String live(long live) {
        return live >= 1_000_000 && live % 1_000_000 == 0
                ? live / 1_000_000 + " M live"
                : live >= 1_000 && live % 1_000 == 0 ? live / 1_000 + " k live" : live + " live";
    }

    static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
