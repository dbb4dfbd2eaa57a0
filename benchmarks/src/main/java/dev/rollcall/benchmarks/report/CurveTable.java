package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The points of the curves of writes over reads of the count. */
final class CurveTable {
    private static final String TITLE = "What does exactness cost, and when is an AtomicLong or a LongAdder enough?";

    private CurveTable() {}

    static Optional<Table> of(ResultsFile file) {
        List<List<String>> rows = new ArrayList<>();
        for (Curves.Point point : Curves.curves().stream().flatMap(List::stream).toList()) {
            List<Optional<String>> scores = Curves.SUBJECTS.stream()
                    .map(subject -> Estimate.of(point.passes(file, subject, Series.SCORE))
                            .map(GoalTable::interval))
                    .toList();
            if (scores.stream().anyMatch(Optional::isPresent)) {
                rows.add(Stream.concat(
                                Stream.of(point.label()), scores.stream().map(score -> score.orElse(Numbers.NONE)))
                        .toList());
            }
        }
        List<String> columns = Stream.concat(
                        Stream.of(""), Curves.SUBJECTS.stream().map(Subject::label))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        TITLE,
                        Curves.answer(file) + " Million creates and destroys a second, of all threads together."
                                + (file.has(Series.HANDOVER)
                                        ? " \"Far apart\" are forks whose processors did not share a cache."
                                        : ""),
                        columns,
                        rows));
    }
}
