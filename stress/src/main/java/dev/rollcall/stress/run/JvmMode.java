package dev.rollcall.stress.run;

import java.util.Arrays;
import java.util.List;

/**
 * How the JVM that runs the tests compiles them. The races of a program are those of its compiled
 * code: another compiler, other windows.
 */
public enum JvmMode {
    /** As users run it: interpreter, then C1, then C2. */
    TIERED(List.of()),

    /** C2 alone, which orders instructions and schedules code at random where it is free to. */
    C2_RANDOMIZED(
            List.of("-XX:-TieredCompilation", "-XX:+StressLCM", "-XX:+StressGCM", "-XX:+StressIGVN", "-XX:+StressCCP")),

    /** C1 alone: less inlining, wider windows. */
    C1(List.of("-XX:TieredStopAtLevel=1")),

    /** No compiler: the widest windows, the fewest samples. */
    INTERPRETER(List.of("-Xint")),

    /**
     * As jcstress runs tests by itself: each in forks of its own, in all of jcstress' JVM
     * configurations, the actors of one test compiled by different compilers ("split compilation").
     */
    OWN_FORKS(List.of());

    /** Result objects on cache lines of their own, as jcstress needs; small heap, no files. */
    private static final List<String> COMMON = List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-RestrictContended",
            "-XX:-UsePerfData",
            "-XX:+UseParallelGC",
            "-XX:ParallelGCThreads=2",
            "-Xms512m",
            "-Xmx512m");

    private final List<String> arguments;

    JvmMode(List<String> arguments) {
        this.arguments = arguments;
    }

    /** The mode with these arguments of its own. */
    static JvmMode of(List<String> arguments) {
        return Arrays.stream(values())
                .filter(mode -> mode != OWN_FORKS && mode.arguments.equals(arguments))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mode with " + arguments));
    }

    /** The mode's own JVM arguments. */
    public List<String> arguments() {
        return arguments;
    }

    /** The JVM arguments of every mode but {@link #OWN_FORKS}. */
    public static List<String> commonArguments() {
        return COMMON;
    }
}
