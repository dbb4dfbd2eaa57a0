package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Measures every cell in a fork, then every cell in another, and so on until the time is up: what a
 * machine does meanwhile hits all cells alike, and a ratio compares forks that ran minutes apart at
 * most. About half of the passes go backwards, so that neither of two cells is always the first. The first pass is always finished, however long it takes; later ones leave out the cells
 * that are meant for fewer passes, those for which there is no time left, and those that failed.
 */
final class InterleavedRun {
    private final List<Planned> plan;
    private final List<Planned> backwards;
    private final long budgetNanos;
    private final Function<Cell, Fork> runner;
    private final PrintStream out;
    private final Map<Cell, List<Fork>> forks = new LinkedHashMap<>();
    private final Map<Cell, Long> nanosOfFork = new HashMap<>();
    private final Set<Cell> broken = new HashSet<>();
    private final List<String> unused = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private int passes;

    /**
     * A cell and how often it is measured.
     *
     * @param cell what
     * @param passes for how many passes it is meant, from the first one on
     * @param every 1 for every pass, 2 for every second one
     */
    record Planned(Cell cell, int passes, int every) {
        static final int UNLIMITED = Integer.MAX_VALUE;

        static Planned always(Cell cell) {
            return everyNth(cell, 1);
        }

        static Planned everyNth(Cell cell, int every) {
            return new Planned(cell, UNLIMITED, every);
        }

        static Planned atMost(int passes, Cell cell) {
            return new Planned(cell, passes, 1);
        }

        /** Whether it is meant for the pass after so many. */
        private boolean isMeantAfter(int made) {
            return made < passes && made % every == 0;
        }
    }

    /**
     * A run.
     *
     * @param runner makes a fork of a cell
     */
    InterleavedRun(List<Planned> plan, long seconds, Function<Cell, Fork> runner, PrintStream out) {
        this.plan = plan;
        this.backwards = new ArrayList<>(plan);
        Collections.reverse(backwards);
        this.budgetNanos = TimeUnit.SECONDS.toNanos(seconds);
        this.runner = runner;
        this.out = out;
        plan.forEach(planned -> forks.put(planned.cell(), new ArrayList<>()));
        out.printf(
                Locale.ROOT,
                "Benchmarks: %d cells in interleaved forks, about %s in all%n",
                plan.size(),
                clock(budgetNanos));
    }

    /** Makes one pass, as far as there is time; false if nothing is left to measure. */
    boolean pass() {
        int done = 0;
        int late = 0;
        for (Planned planned : isBackwards() ? backwards : plan) {
            if (isLate(planned)) {
                late++;
            } else if (isDue(planned)) {
                long begin = System.nanoTime();
                Fork fork = runner.apply(planned.cell());
                nanosOfFork.put(planned.cell(), System.nanoTime() - begin);
                take(planned.cell(), fork);
                done++;
            }
        }
        passes++;
        if (late > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %6s  pass %d ends after %d cells: the time left of %s was too short for %d more%n",
                    clock(elapsedNanos()),
                    passes,
                    done,
                    clock(budgetNanos),
                    late);
        }
        return done > 0 || (late == 0 && plan.stream().anyMatch(this::isDueLater));
    }

    /**
     * In the order of Thue and Morse, so that those of every second pass take turns as well. A pass for which there is no
     * time goes forwards: what it leaves out are pairs, and not the first of each.
     */
    private boolean isBackwards() {
        long needed = plan.stream()
                .filter(this::isDue)
                .mapToLong(planned -> nanosOfFork.getOrDefault(planned.cell(), 0L))
                .sum();
        return Integer.bitCount(passes) % 2 == 1 && elapsedNanos() + needed <= budgetNanos;
    }

    private boolean isDue(Planned planned) {
        return passes == 0 || (planned.isMeantAfter(passes) && !broken.contains(planned.cell()));
    }

    /** Whether a pass to come is meant for it, although this one was not. */
    private boolean isDueLater(Planned planned) {
        return passes < planned.passes() && !broken.contains(planned.cell());
    }

    /** Whether it is due, but the time left is too short for it. */
    private boolean isLate(Planned planned) {
        return passes > 0 && isDue(planned) && elapsedNanos() + nanosOfFork.get(planned.cell()) > budgetNanos;
    }

    /** Fills up with nulls, so that a fork lies at the index of its pass. */
    private void take(Cell cell, Fork fork) {
        List<Fork> ofCell = forks.get(cell);
        while (ofCell.size() < passes) {
            ofCell.add(null);
        }
        ofCell.add(fork);
        String shown = fork.reason();
        if (shown.isEmpty()) {
            Fork.Figure score = fork.score();
            shown = String.format(Locale.ROOT, "%9.2f %-6s", score.value(), score.unit());
        } else {
            if (fork.isBroken()) {
                broken.add(cell);
            }
            unused.add("pass " + (passes + 1) + ": " + cell + ' ' + fork.reason());
        }
        out.printf(
                Locale.ROOT,
                "  %6s  pass %d  %3d/%d  %4.1f s  %s  %s%n",
                clock(elapsedNanos()),
                passes + 1,
                List.copyOf(forks.keySet()).indexOf(cell) + 1,
                plan.size(),
                nanosOfFork.get(cell) / 1e9,
                shown,
                cell);
    }

    /** What there is by now. */
    ResultsFile results(Provenance provenance) {
        List<ResultsFile.Measured> cells = forks.entrySet().stream()
                .map(entry -> new ResultsFile.Measured(entry.getKey(), series(entry.getValue())))
                .filter(measured -> !measured.series().isEmpty())
                .toList();
        return new ResultsFile(provenance, List.copyOf(unused), cells);
    }

    private static Map<String, Series> series(List<Fork> ofCell) {
        Map<String, Series> series = new TreeMap<>();
        for (int pass = 0; pass < ofCell.size(); pass++) {
            Map<String, Fork.Figure> figures =
                    ofCell.get(pass) == null ? Map.of() : ofCell.get(pass).figures();
            for (Map.Entry<String, Fork.Figure> figure : figures.entrySet()) {
                series.computeIfAbsent(
                                figure.getKey(),
                                name -> new Series(figure.getValue().unit(), missing(ofCell.size())))
                        .passes()
                        .set(pass, figure.getValue().value());
            }
        }
        return series;
    }

    private static List<Double> missing(int passes) {
        List<Double> none = new ArrayList<>();
        for (int i = 0; i < passes; i++) {
            none.add(null);
        }
        return none;
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private static String clock(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
