package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.figures.FiguresProfiler;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.SteadyState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one fork gave: one number of each kind, the mean over the iterations from the first on from
 * which its scores are steady.
 *
 * @param figures the numbers by name; none if the fork cannot be used
 * @param reason why it cannot be used; empty if it can
 * @param isBroken whether another fork would hardly do better
 */
record Fork(Map<String, Figure> figures, String reason, boolean isBroken) {
    private static final String PACKAGE = "dev.rollcall.benchmarks.";
    private static final String GARBAGE_OF_JMH = "gc.alloc.rate.norm";
    private static final String MOVED = "the processors were moved meanwhile";

    /**
     * A number.
     *
     * @param value how much
     * @param unit of what
     */
    record Figure(double value, String unit) {}

    /** From here on processors are said to be far apart, in nanoseconds that a cache line takes. */
    private static final double FAR = 100;

    /** Runs one; once more if the processors were moved meanwhile. */
    static Fork run(Cell cell) {
        return Cells.isShared(cell) ? unmoved(() -> runTimed(cell)) : runOnce(cell);
    }

    static Fork unmoved(Supplier<Fork> timed) {
        Fork fork = timed.get();
        return fork.reason().equals(MOVED) ? timed.get() : fork;
    }

    private static Fork runTimed(Cell cell) {
        double before = Handover.nanos();
        return runOnce(cell).between(before, Handover.nanos());
    }

    /** With the nanoseconds that a cache line took from one processor to the other before and afterwards. */
    Fork between(double before, double after) {
        if (figures.isEmpty()) {
            return this;
        }
        boolean isFar = after >= FAR;
        if (before >= FAR != isFar) {
            return new Fork(Map.of(), MOVED, false);
        }
        Map<String, Figure> named = new TreeMap<>();
        figures.forEach((name, figure) -> named.put(isFar ? Series.far(name) : name, figure));
        named.put(Series.HANDOVER, new Figure((before + after) / 2, "ns"));
        return new Fork(named, reason, isBroken);
    }

    /** What it is about. */
    Figure score() {
        return figures.getOrDefault(Series.SCORE, figures.get(Series.far(Series.SCORE)));
    }

    private static Fork runOnce(Cell cell) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(PACKAGE + cell.benchmark()) + "$")
                .threads(cell.threads())
                .forks(1)
                .jvmArgsPrepend(ForkOptions.quiet())
                .jvmArgsAppend(cell.jvm().arguments().toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(FiguresProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        Pace pace = Pace.of(cell);
        pace.addTo(options);
        cell.params().forEach((name, value) -> options.param(name, value));
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            List<Map<String, Figure>> iterations = results.stream()
                    .flatMap(result -> result.getBenchmarkResults().stream())
                    .flatMap(result -> result.getIterationResults().stream())
                    .map(Fork::iteration)
                    .toList();
            return of(iterations, pace.warmsUp());
        } catch (RunnerException e) {
            return new Fork(Map.of(), "failed: " + why(e), true);
        }
    }

    /** JMH wraps what a benchmark threw, and lists it among the suppressed. */
    private static Throwable why(RunnerException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getSuppressed().length == 0 ? cause : cause.getSuppressed()[0];
    }

    /** What the iterations of a fork make. */
    static Fork of(List<Map<String, Figure>> iterations, boolean warmsUp) {
        if (iterations.isEmpty()) {
            return new Fork(Map.of(), "gave no result", true);
        }
        List<Double> scores =
                iterations.stream().map(each -> each.get(Series.SCORE).value()).toList();
        int start = warmsUp ? SteadyState.start(scores).orElse(-1) : 0;
        if (start < 0) {
            return new Fork(
                    Map.of(),
                    scores.stream()
                            .map(score -> String.format(Locale.ROOT, "%.4g", score))
                            .collect(Collectors.joining(" ", "never became steady: ", "")),
                    false);
        }
        List<Map<String, Figure>> steady = iterations.subList(start, iterations.size());
        // The first iteration's garbage is that of the sessions that everything began with, too.
        List<Map<String, Figure>> populated =
                start == 0 && iterations.size() > 1 ? iterations.subList(1, iterations.size()) : steady;
        Map<String, Figure> means = new TreeMap<>();
        steady.forEach(iteration -> iteration.forEach((name, any) -> means.computeIfAbsent(
                name, unused -> new Figure(mean(name.equals(Series.GARBAGE) ? populated : steady, name), any.unit()))));
        return new Fork(means, "", false);
    }

    /** Of those iterations that have such a number. */
    private static double mean(List<Map<String, Figure>> iterations, String name) {
        return iterations.stream()
                .filter(each -> each.containsKey(name))
                .mapToDouble(each -> each.get(name).value())
                .average()
                .orElseThrow();
    }

    private static Map<String, Figure> iteration(IterationResult result) {
        Map<String, Figure> figures = new TreeMap<>();
        figures.put(Series.SCORE, figure(result.getPrimaryResult()));
        result.getSecondaryResults().forEach((name, secondary) -> {
            String plain = name.startsWith("·") ? name.substring(1) : name;
            if (plain.equals(GARBAGE_OF_JMH)) {
                figures.put(Series.GARBAGE, figure(secondary));
            } else if (!plain.startsWith("gc.")) {
                figures.put(plain, figure(secondary));
            }
        });
        return figures;
    }

    private static Figure figure(Result<?> result) {
        return new Figure(result.getScore(), result.getScoreUnit());
    }
}
