package dev.rollcall.benchmarks.run;

/** How often a fork measures. */
enum Pace {
    /** For a time. */
    TIMED(3, 3),

    /** Once per iteration, from scratch each time. */
    SHOTS(2, 3),

    /** The same, where each takes long. */
    FEW_SHOTS(1, 2),

    /** Once per iteration, set up anew each time, where one is too short for the compiler to be done soon. */
    ROUNDS(40, 40),

    /** Once, for what is counted and not timed. */
    ONCE(0, 1);

    private final int warmups;
    private final int iterations;

    Pace(int warmups, int iterations) {
        this.warmups = warmups;
        this.iterations = iterations;
    }

    int warmups() {
        return warmups;
    }

    int iterations() {
        return iterations;
    }
}
