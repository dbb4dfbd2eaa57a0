package dev.rollcall.benchmarks.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures every cell in a fork, then every cell in another, and so on until the time is up: what a
 * machine does meanwhile hits all cells alike, and a ratio compares forks that ran minutes apart at
 * most. The first pass is always finished, however long it takes.
 */
final class InterleavedRun {
    private static final int WARMUP_ITERATIONS = 4;
    private static final int ITERATIONS = 3;

    /** So many passes are planned; if forks are quicker than planned there are more. */
    private static final int PASSES = 2;

    /** A guess of what a fork costs besides its iterations: the JVM's start, populating. */
    private static final long OVERHEAD_MILLIS = 1_000;

    /** Anything shorter would end the warm-up before the compiler has. */
    private static final long SHORTEST_ITERATION_MILLIS = 200;

    private static final long LONGEST_ITERATION_MILLIS = 1_000;

    private final List<Cell> cells;
    private final long budgetNanos;
    private final long iterationMillis;
    private final PrintStream out;
    private final Map<Cell, List<BenchmarkResult>> measured = new LinkedHashMap<>();
    private long startNanos;

    InterleavedRun(List<Cell> cells, long seconds, PrintStream out) {
        this.cells = cells;
        this.budgetNanos = TimeUnit.SECONDS.toNanos(seconds);
        this.iterationMillis = iterationMillis(cells.size(), seconds);
        this.out = out;
    }

    static long iterationMillis(int cells, long seconds) {
        long perFork = TimeUnit.SECONDS.toMillis(seconds) / ((long) PASSES * cells);
        long iteration = (perFork - OVERHEAD_MILLIS) / (WARMUP_ITERATIONS + ITERATIONS);
        return Math.max(SHORTEST_ITERATION_MILLIS, Math.min(LONGEST_ITERATION_MILLIS, iteration));
    }

    /** Runs; one result per cell, with all its forks. */
    Collection<RunResult> run() throws RunnerException {
        out.printf(
                Locale.ROOT,
                "Benchmarks: %d cells in interleaved forks of %d + %d iterations of %d ms, about %s in all%n",
                cells.size(),
                WARMUP_ITERATIONS,
                ITERATIONS,
                iterationMillis,
                clock(budgetNanos));
        startNanos = System.nanoTime();
        int forks = 0;
        while (forks < cells.size() || elapsedNanos() + nanosPerFork(forks) <= budgetNanos) {
            Cell cell = cells.get(forks % cells.size());
            RunResult result = measure(cell);
            measured.computeIfAbsent(cell, unused -> new ArrayList<>()).addAll(result.getBenchmarkResults());
            forks++;
            progress(forks, cell, result);
        }
        return measured.values().stream()
                .map(results -> new RunResult(results.get(0).getParams(), results))
                .toList();
    }

    private RunResult measure(Cell cell) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .jvmArgsPrepend(ForkOptions.quiet())
                .warmupIterations(WARMUP_ITERATIONS)
                .warmupTime(TimeValue.milliseconds(iterationMillis))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(iterationMillis))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        cell.addTo(options);
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new RunnerException(cell + " gave " + results.size() + " results instead of one");
        }
        return results.iterator().next();
    }

    private void progress(int forks, Cell cell, RunResult result) {
        long left = Math.max(budgetNanos - elapsedNanos(), nanosPerFork(forks) * (cells.size() - forks));
        out.printf(
                Locale.ROOT,
                "  pass %d  %2d/%d  %5s left  %9.2f %-6s  %s%n",
                (forks - 1) / cells.size() + 1,
                (forks - 1) % cells.size() + 1,
                cells.size(),
                clock(Math.max(0, left)),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit(),
                cell);
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private long nanosPerFork(int forks) {
        return forks == 0 ? 0 : elapsedNanos() / forks;
    }

    private static String clock(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
