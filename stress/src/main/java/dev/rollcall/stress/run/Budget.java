package dev.rollcall.stress.run;

/**
 * Shares the time that is left among the tests that are left. What a test costs beside the time it
 * was given (calibration, its last strides, a busy machine) is learned as the run goes. The run ends
 * on time unless even the shortest tests take too long; then it takes as long as they do.
 */
final class Budget {
    /** Less would not get past the interpreter. */
    private static final int SHORTEST_MILLIS = 100;

    private final long deadlineMillis;
    private int testsLeft;

    /** At first what it is on two processors with nothing else to do. */
    private double overheadMillis = 50;

    private long toldMillis = Long.MAX_VALUE;

    /**
     * How long the run will go on.
     *
     * @param millis a time that never rises from one telling to the next
     * @param isAtLeast true if by now it looks like more
     */
    record Left(long millis, boolean isAtLeast) {}

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

    /** How long the run will go on, as things stand. */
    Left left(long nowMillis) {
        long expected = testsLeft * (long) (next(nowMillis) + overheadMillis);
        toldMillis = Math.min(toldMillis, expected);
        return new Left(toldMillis, expected > toldMillis);
    }
}
