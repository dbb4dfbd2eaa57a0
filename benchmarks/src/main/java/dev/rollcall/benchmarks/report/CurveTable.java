package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The points of the curves of writes over reads of the count: what writers pay, and what readers pay. */
final class CurveTable {
    private static final String WRITES = "What does exactness cost, and when is an AtomicLong or a LongAdder enough?";
    private static final String READS = "What does a read of the count cost?";

    private CurveTable() {}

    /** Both tables; none if nothing was measured. */
    static List<Table> of(ResultsFile file) {
        return Stream.of(
                        table(
                                WRITES,
                                Curves.answer(file) + " Million creates and destroys a second, of all threads together."
                                        + " Beside it, how many reads a second there were, if fewer than were due; in a hot loop"
                                        + " there are as many as the count allows, so its rows do not compare the writers alone."
                                        + (file.has(Series.HANDOVER)
                                                ? " \"Far apart\" are forks whose processors did not share a cache."
                                                : ""),
                                (point, subject) -> Estimate.of(point.passes(file, subject, Series.SCORE))
                                        .map(speed -> GoalTable.interval(speed) + shortfall(file, point, subject))),
                        table(
                                READS,
                                "How long a read took in these rows. At one read a second it is one of the first reads of a process, which are not"
                                        + " compiled yet.",
                                (point, subject) -> Estimate.of(point.passes(file, subject, CountBenchmark.READ_NANOS))
                                        .map(GoalTable::time)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String shortfall(ResultsFile file, Curves.Point point, Subject subject) {
        return point.tooFewReads(file, subject)
                .map(reads -> " (" + Numbers.grouped(Math.round(reads)) + " reads/s)")
                .orElse("");
    }

    private static Optional<Table> table(
            String title, String note, BiFunction<Curves.Point, Subject, Optional<String>> figure) {
        List<List<String>> rows = new ArrayList<>();
        for (Curves.Point point : Curves.curves().stream().flatMap(List::stream).toList()) {
            List<Optional<String>> figures = Curves.SUBJECTS.stream()
                    .map(subject -> figure.apply(point, subject))
                    .toList();
            if (figures.stream().anyMatch(Optional::isPresent)) {
                rows.add(Stream.concat(
                                Stream.of(point.label()), figures.stream().map(each -> each.orElse(Numbers.NONE)))
                        .toList());
            }
        }
        List<String> columns = Stream.concat(
                        Stream.of(""), Curves.SUBJECTS.stream().map(Subject::label))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(title, note, columns, rows));
    }
}
