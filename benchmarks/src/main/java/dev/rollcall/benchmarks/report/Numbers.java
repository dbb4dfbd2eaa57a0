package dev.rollcall.benchmarks.report;

import java.util.Locale;

/** Numbers, to as many digits as they have. */
final class Numbers {
    static final String NONE = "—";

    private Numbers() {}

    /** A whole number with its thousands apart. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** To three digits or so. */
    static String plain(double value) {
        return String.format(Locale.ROOT, "%,." + decimals(value) + "f", value);
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
