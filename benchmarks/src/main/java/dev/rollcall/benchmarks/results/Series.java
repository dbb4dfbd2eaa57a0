package dev.rollcall.benchmarks.results;

import java.util.List;

/**
 * One number of each pass, in the order of passes.
 *
 * @param unit what the numbers are in
 * @param passes null where a pass gave no number, so that the passes of two series can be paired
 */
public record Series(String unit, List<Double> passes) {
    /** The name of what a benchmark is annotated to measure. */
    public static final String SCORE = "score";

    /** The name of the bytes that an operation allocates. */
    public static final String GARBAGE = "garbage";

    /** The name of the time that a cache line took from one processor to another, in cells of several threads. */
    public static final String HANDOVER = "handover";

    /** The end of the name of whatever comes from forks whose processors did not share a cache. */
    public static final String FAR_APART = " far apart";

    /**
     * The name of a number of several threads, from forks whose processors did not share a cache: such
     * forks do not compare with others.
     */
    public static String far(String name) {
        return name + FAR_APART;
    }

    /** Whether a name is of such forks. */
    public static boolean isFar(String name) {
        return name.endsWith(FAR_APART);
    }

    /** The same number from forks of the other kind. */
    public static String otherwise(String name) {
        return isFar(name) ? name.substring(0, name.length() - FAR_APART.length()) : far(name);
    }
}
