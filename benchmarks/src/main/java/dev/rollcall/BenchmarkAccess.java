package dev.rollcall;

/**
 * What benchmarks need and no user should have; it is in this package to reach the builder's hook.
 */
public final class BenchmarkAccess {
    private BenchmarkAccess() {}

    /**
     * Takes the tallies out of a manager: the baseline of every way of counting. Its {@code
     * counts()} is void and so is {@code count()} with {@link
     * CounterStrategy#EXACT}.
     */
    public static <A> SessionManagerBuilder<A> withoutTallies(SessionManagerBuilder<A> builder) {
        return builder.withoutTallies();
    }

    /**
     * A clock that moves on by one unit of the state word's time per nanosecond. Reads {@link
     * System#nanoTime} as the system's does; but no two keepalives fall into one unit, so each has
     * something to write.
     */
    public static Ticker fastTicker() {
        return () -> System.nanoTime() << Quanta.SHIFT;
    }

    /** Whether two readings of the clock are the same in the state word's unit of time. */
    public static boolean isSameUnit(long oneNanos, long otherNanos) {
        return oneNanos >>> Quanta.SHIFT == otherNanos >>> Quanta.SHIFT;
    }
}
