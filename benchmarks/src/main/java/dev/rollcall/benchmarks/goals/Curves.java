package dev.rollcall.benchmarks.goals;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Bound;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What does exactness cost, and when is an {@code AtomicLong} or a {@code LongAdder} enough? Writes
 * a second over reads of the count a second, for each way of counting that a user can choose, for
 * none, and for the bare map.
 */
public final class Curves {
    /** The subjects, in the order of a legend. */
    public static final List<Subject> SUBJECTS =
            List.of(Subject.EXACT, Subject.ATOMIC, Subject.ADDER, Subject.TABLE, Subject.NONE, Subject.BARE_MAP);

    /** Reads a second; the last is as many as a thread can. */
    public static final List<Integer> READS = List.of(1, 10_000, 1_000_000, CountBenchmark.HOT_LOOP);

    /** With which threads there is a curve each. */
    public static final List<Writers> WRITERS = List.of(
            new Writers(1, Jvm.PARALLEL),
            new Writers(2, Jvm.PARALLEL),
            new Writers(8, Jvm.PARALLEL),
            new Writers(32, Jvm.PARALLEL),
            new Writers(32, Jvm.VIRTUAL));

    /** As much as exactness may cost before a cheaper promise is worth a thought. */
    private static final Bound CHEAP = Bound.atLeast(0.95);

    /** So much of the reads that are due must be made, or writers were beside other reads than they should be. */
    private static final double ENOUGH = 0.95;

    /** More points than these are in the table only. */
    private static final int MOST_NAMED = 6;

    private Curves() {}

    /**
     * Writing threads.
     *
     * @param threads how many
     * @param jvm whether they are virtual
     */
    public record Writers(int threads, Jvm jvm) {
        private String label() {
            return threads + (threads == 1 ? " thread" : jvm == Jvm.VIRTUAL ? " virtual threads" : " threads");
        }
    }

    /**
     * Where the subjects are compared with each other.
     *
     * @param writers who writes
     * @param reads how often the count is read, a second
     * @param isFar whether the processors do not share a cache
     */
    public record Point(Writers writers, int reads, boolean isFar) {
        /** For a table. */
        public String label() {
            return writers.label() + " with " + pace() + distance();
        }

        /** For a chart. */
        public String threads() {
            return writers.label() + distance();
        }

        private String distance() {
            return isFar ? Series.FAR_APART : "";
        }

        private String pace() {
            if (isLoop()) {
                return "reads in a hot loop";
            }
            return reads == 1 ? "1 read/s" : String.format(Locale.ROOT, "%,d reads/s", reads);
        }

        /** How many reads a second there really were, if a subject's took so long that many fewer were made than were due. */
        public Optional<Double> tooFewReads(ResultsFile file, Subject subject) {
            // At the slowest pace most iterations see no read, and a loop has no number that is due.
            return reads == READS.get(0) || isLoop()
                    ? Optional.empty()
                    : Estimate.of(passes(file, subject, CountBenchmark.READS))
                            .map(Estimate::value)
                            .filter(made -> made < ENOUGH * reads);
        }

        private boolean isLoop() {
            return reads == CountBenchmark.HOT_LOOP;
        }

        /** Whether the writers of both were beside the same reads. */
        private boolean isFair(ResultsFile file, Subject other) {
            return !isLoop()
                    && Stream.of(Subject.EXACT, other)
                            .allMatch(subject -> tooFewReads(file, subject).isEmpty());
        }

        /** A subject's numbers. */
        public List<Double> passes(ResultsFile file, Subject subject, String series) {
            return file.passes(cell(subject, writers, reads), isFar ? Series.far(series) : series);
        }
    }

    /** What is measured for a point of a curve. */
    public static Cell cell(Subject subject, Writers writers, int reads) {
        return Cells.write(subject, writers.threads(), 0, reads).in(writers.jvm());
    }

    /** The points of each curve. */
    public static List<List<Point>> curves() {
        List<List<Point>> curves = new ArrayList<>();
        for (Writers writers : WRITERS) {
            for (boolean isFar : List.of(false, true)) {
                curves.add(READS.stream()
                        .map(reads -> new Point(writers, reads, isFar))
                        .toList());
            }
        }
        return curves;
    }

    /** All that is measured; those that are compared with each other follow each other. */
    public static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Writers writers : WRITERS) {
            for (int reads : READS) {
                SUBJECTS.forEach(subject -> cells.add(cell(subject, writers, reads)));
            }
        }
        return cells;
    }

    /** The answer in a sentence, as far as the intervals allow one; empty if nothing was measured. */
    public static String answer(ResultsFile file) {
        String clauses = Stream.of(Subject.NONE, Subject.ATOMIC, Subject.ADDER)
                .map(other -> against(other, file))
                .filter(clause -> !clause.isEmpty())
                .collect(Collectors.joining("; "));
        return clauses.isEmpty()
                ? ""
                : "Where as many reads were made as were due, writers pay at most 5 % for exactness " + clauses + '.';
    }

    private static String against(Subject other, ResultsFile file) {
        Map<Bound.Verdict, List<String>> points = new EnumMap<>(Bound.Verdict.class);
        curves().stream()
                .flatMap(List::stream)
                .filter(point -> point.isFair(file, other))
                .forEach(point -> Estimate.ofRatio(
                                point.passes(file, Subject.EXACT, Series.SCORE),
                                point.passes(file, other, Series.SCORE))
                        .ifPresent(ratio -> points.computeIfAbsent(CHEAP.judge(ratio), unused -> new ArrayList<>())
                                .add(point.label())));
        List<String> dear = points.getOrDefault(Bound.Verdict.MISSED, List.of());
        int cheap = points.getOrDefault(Bound.Verdict.MET, List.of()).size();
        int open = points.getOrDefault(Bound.Verdict.INCONCLUSIVE, List.of()).size();
        return points.isEmpty()
                ? ""
                : "against " + name(other) + " at " + cheap + " of " + (cheap + open + dear.size())
                        + " points, more at " + dear.size()
                        + (dear.isEmpty() || dear.size() > MOST_NAMED ? "" : " (" + String.join(", ", dear) + ")")
                        + ", and " + open
                        + (open == 1 ? " is" : " are") + " inconclusive";
    }

    private static String name(Subject subject) {
        return subject == Subject.NONE ? "no counting at all" : subject.name();
    }
}
