package dev.rollcall.benchmarks.run;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How often a fork measures. Nothing is thrown away as a warm-up: what was one is decided afterwards. */
enum Pace {
    /** For a time. */
    TIMED(8),

    /** Once per iteration, from scratch each time. */
    SHOTS(5),

    /** The same, where one is too short for the compiler to be done soon. */
    ROUNDS(40),

    /** Once, for what is counted, or is a percentile of many. */
    ONCE(1);

    private static final long ITERATION_MILLIS = 250;

    private final int iterations;

    Pace(int iterations) {
        this.iterations = iterations;
    }

    static Pace of(String benchmark) {
        return switch (benchmark) {
            case "ExpiryBenchmark.expireAll" -> SHOTS;
            case "SweepBenchmark.everythingKeptAlive", "TransportGoneBenchmark.gone" -> ROUNDS;
            default ->
                benchmark.startsWith("MemoryBenchmark.") || benchmark.startsWith("LatencyBenchmark.") ? ONCE : TIMED;
        };
    }

    void addTo(ChainedOptionsBuilder options) {
        options.warmupIterations(0)
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS));
    }

    /** Whether there is a series of which a part may be warming up. */
    boolean warmsUp() {
        return this != ONCE;
    }
}
