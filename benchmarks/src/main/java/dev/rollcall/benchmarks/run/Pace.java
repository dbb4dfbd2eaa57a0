package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.results.Cell;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How often a fork measures. Nothing is thrown away as a warm-up: what was one is decided afterwards. */
enum Pace {
    /** For a time. */
    TIMED(8),

    /** The same, where the threads leave the compiler no processor of its own. */
    CROWDED(12),

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

    static Pace of(Cell cell) {
        return switch (cell.benchmark()) {
            case Cells.EXPIRY -> SHOTS;
            case Cells.SWEEP_KEPT_ALIVE, Cells.GONE -> ROUNDS;
            case Cells.MEMORY, Cells.MEMORY_ALONE, Cells.REQUESTS -> ONCE;
            case Cells.WRITE -> CROWDED;
            default -> cell.threads() == 1 ? TIMED : CROWDED;
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
