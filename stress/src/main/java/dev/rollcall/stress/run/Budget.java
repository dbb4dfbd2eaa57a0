package dev.rollcall.stress.run;

/**
 * Shares the time that is left among the tests that are left. What a test costs beside the time it
 * was given (calibration, its last strides, a busy machine) is learned as the run goes, so the run
 * ends on time unless even the shortest tests take too long.
 */
final class Budget {
    /** Less would not get past the interpreter. */
    private static final int SHORTEST_MILLIS = 100;

    private final long deadlineMillis;
    private int testsLeft;
    private double overheadMillis = 200;

    /**
     * A budget.
     *
     * @param tests how many tests there are, each JVM mode counted
     */
    Budget(long nowMillis, long budgetMillis, int tests) {
        this.deadlineMillis = nowMillis + budgetMillis;
        this.testsLeft = tests;
    }

    /** How long the next test may run. */
    int next(long nowMillis) {
        long left = deadlineMillis - nowMillis;
        double share = (double) left / Math.max(1, testsLeft) - overheadMillis;
        return (int) Math.max(SHORTEST_MILLIS, share);
    }

    /** A test that was given so long took so long. */
    void spent(long givenMillis, long tookMillis) {
        testsLeft--;
        // A moving average: one slow test must not starve the others.
        overheadMillis += (tookMillis - givenMillis - overheadMillis) / 8;
    }

    /** When the run will be over, as things stand. */
    long leftMillis(long nowMillis) {
        return testsLeft * (long) (next(nowMillis) + overheadMillis);
    }
}
