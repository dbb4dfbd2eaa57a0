package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.figures.FiguresProfiler;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.Measurement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One number to be measured.
 *
 * @param benchmark class and method or group, without the package
 * @param threads how many threads, or 0 for a group, which says so itself
 * @param params the benchmark's parameters
 * @param pace how often a fork measures
 * @param jvm in what virtual machine
 * @param passes in how many passes at most
 */
record Cell(String benchmark, int threads, Map<String, String> params, Pace pace, Jvm jvm, int passes) {
    static final int EVERY_PASS = Integer.MAX_VALUE;

    private static final String PACKAGE = "dev.rollcall.benchmarks.";

    static Cell of(String benchmark, int threads, String... namesAndValues) {
        Map<String, String> params = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Cell(benchmark, threads, params, Pace.TIMED, Jvm.PARALLEL, EVERY_PASS);
    }

    Cell at(Pace other) {
        return new Cell(benchmark, threads, params, other, jvm, passes);
    }

    Cell in(Jvm other) {
        return new Cell(benchmark, threads, params, pace, other, passes);
    }

    Cell passes(int most) {
        return new Cell(benchmark, threads, params, pace, jvm, most);
    }

    void addTo(ChainedOptionsBuilder options) {
        options.include("^" + Pattern.quote(PACKAGE + benchmark) + "$")
                .addProfiler(GCProfiler.class)
                .addProfiler(FiguresProfiler.class)
                .warmupIterations(pace.warmups())
                .measurementIterations(pace.iterations());
        if (threads > 0) {
            options.threads(threads);
        }
        if (!jvm.arguments().isEmpty()) {
            options.jvmArgsAppend(jvm.arguments().toArray(String[]::new));
        }
        params.forEach((name, value) -> options.param(name, value));
    }

    /** A guess of what a fork costs besides timed iterations: the JVM's start, populating, waiting. */
    long overheadMillis() {
        long start = 900;
        long populate = live() / 600;
        return switch (pace) {
            case TIMED, ONCE -> start + populate;
            case ROUNDS -> start + populate + (long) (pace.warmups() + pace.iterations()) * live() / 2_000;
            case SHOTS, FEW_SHOTS -> start + (pace.warmups() + pace.iterations()) * 2L * populate;
        };
    }

    private long live() {
        return Long.parseLong(params.getOrDefault("live", "0"));
    }

    /** Whether this is what was measured, but for the size of the heap. */
    boolean isMeasuredBy(Measurement measurement) {
        return measurement.method().equals(benchmark)
                && (threads == 0 || measurement.threads() == threads)
                && measurement.jvm().label().equals(jvm.label())
                && measurement.params().entrySet().containsAll(params.entrySet());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(benchmark);
        params.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        if (threads > 0) {
            text.append(" threads=").append(threads);
        }
        return jvm.label().isEmpty()
                ? text.toString()
                : text.append(' ').append(jvm.label()).toString();
    }
}
