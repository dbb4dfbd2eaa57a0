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
 * most. The first pass is always finished, however long it takes; later ones leave out the cells
 * that were meant for fewer passes.
 */
final class InterleavedRun {
    /** Anything shorter would end the warm-up before the compiler has. */
    private static final long SHORTEST_ITERATION_MILLIS = 200;

    private static final long LONGEST_ITERATION_MILLIS = 1_000;

    private final List<Cell> cells;
    private final long budgetNanos;
    private final long iterationMillis;
    private final PrintStream out;
    private final Map<Cell, List<BenchmarkResult>> measured = new LinkedHashMap<>();
    private final Map<Cell, String> failures = new LinkedHashMap<>();
    private final Map<Cell, Long> nanosOfFork = new LinkedHashMap<>();
    private final long startNanos = System.nanoTime();
    private int passes;

    /**
     * A run.
     *
     * @param plannedPasses how many there should be time for; if forks are quicker than guessed there
     *     are more
     */
    InterleavedRun(List<Cell> cells, int plannedPasses, long seconds, PrintStream out) {
        this.cells = cells;
        this.budgetNanos = TimeUnit.SECONDS.toNanos(seconds);
        this.iterationMillis = iterationMillis(cells, plannedPasses, seconds);
        this.out = out;
        out.printf(
                Locale.ROOT,
                "Benchmarks: %d cells in interleaved forks of %d + %d iterations of %d ms, about %s in all%n",
                cells.size(),
                Pace.TIMED.warmups(),
                Pace.TIMED.iterations(),
                iterationMillis,
                clock(budgetNanos));
    }

    /** What is left for iterations once everything else has its share. */
    static long iterationMillis(List<Cell> cells, int plannedPasses, long seconds) {
        long left = TimeUnit.SECONDS.toMillis(seconds);
        long iterations = 1;
        for (Cell cell : cells) {
            int forks = Math.min(plannedPasses, cell.passes());
            left -= forks * cell.overheadMillis();
            if (cell.pace() == Pace.TIMED) {
                iterations += (long) forks * (Pace.TIMED.warmups() + Pace.TIMED.iterations());
            }
        }
        return Math.max(SHORTEST_ITERATION_MILLIS, Math.min(LONGEST_ITERATION_MILLIS, left / iterations));
    }

    /** Makes one pass, as far as there is time; false if there was none. A cell that fails is left out. */
    boolean pass() {
        int done = 0;
        for (Cell cell : cells) {
            boolean isDue = passes == 0
                    || (passes < cell.passes()
                            && !failures.containsKey(cell)
                            && elapsedNanos() + nanosOfFork.get(cell) <= budgetNanos);
            if (isDue) {
                long begin = System.nanoTime();
                try {
                    RunResult result = measure(cell);
                    nanosOfFork.put(cell, System.nanoTime() - begin);
                    measured.computeIfAbsent(cell, unused -> new ArrayList<>()).addAll(result.getBenchmarkResults());
                    progress(cell, result);
                } catch (RunnerException e) {
                    e.printStackTrace(out);
                    failures.put(cell, cell + " failed: " + e.getMessage());
                }
                done++;
            }
        }
        passes++;
        return done > 0;
    }

    /** What went wrong; the results that there are stay good. */
    Collection<String> failures() {
        return failures.values();
    }

    /** One result per cell, with all its forks. */
    Collection<RunResult> results() {
        return measured.values().stream()
                .map(results -> new RunResult(results.get(0).getParams(), results))
                .toList();
    }

    private RunResult measure(Cell cell) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .jvmArgsPrepend(ForkOptions.quiet())
                .warmupTime(TimeValue.milliseconds(iterationMillis))
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

    private void progress(Cell cell, RunResult result) {
        out.printf(
                Locale.ROOT,
                "  %6s  pass %d  %3d/%d  %4.1f s  %9.2f %-6s  %s%n",
                clock(elapsedNanos()),
                passes + 1,
                cells.indexOf(cell) + 1,
                cells.size(),
                nanosOfFork.get(cell) / 1e9,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit(),
                cell);
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private static String clock(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
