package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reading the count costs the reader and the writer, by strategy, for one number of shards.
 */
final class CountTable {
    static final String TITLE = "Reading the count";
    static final String AT_REST = "CountBenchmark.atRest";
    static final String UNDER_CHURN = "CountBenchmark.underChurn";
    static final String UNREAD = "CountBenchmark.unread";
    static final String READ = "read";
    static final String REPLACE_WHILE_READ = "replaceWhileRead";
    static final String REPLACE_UNREAD = "replaceUnread";

    /** The number of shards that the goals are about. */
    static final String SHARDS = "64";

    private final ResultsFile file;

    CountTable(ResultsFile file) {
        this.file = file;
    }

    Optional<Table> table() {
        List<List<String>> rows = PriceTables.subjects(file, UNDER_CHURN).stream()
                .filter(subject -> metric(UNDER_CHURN, subject, READ).isPresent())
                .map(this::row)
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        TITLE,
                        "Nanoseconds, " + SHARDS
                                + " shards, one reader beside one writer that replaces sessions as fast as"
                                + " it can. An unread writer has a neighbour that reads a number of its own. Goals for exact: a"
                                + " read under churn at most 1,000, a write beside it at most 1.05 of an unread one.",
                        List.of(
                                "",
                                "read at rest",
                                "read under churn",
                                "write while read",
                                "write unread",
                                "write, read / unread"),
                        rows));
    }

    /** A metric of the primary method, or of a group's method. */
    Optional<Metric> metric(String method, Subject subject, String inGroup) {
        return file.results().stream()
                .filter(each -> each.method().equals(method) && each.subject() == subject)
                .filter(each -> SHARDS.equals(each.params().get("shards")))
                .findFirst()
                .map(each -> inGroup == null ? each.primaryMetric() : secondary(each, inGroup));
    }

    /**
     * The cost of a write beside a reader of the count, over that beside one that reads nothing of
     * it.
     */
    Optional<Ratio> slowdown(Subject subject) {
        Optional<Metric> unread = metric(UNREAD, subject, REPLACE_UNREAD);
        return metric(UNDER_CHURN, subject, REPLACE_WHILE_READ)
                .flatMap(read -> unread.map(floor -> Ratio.of(read, floor)));
    }

    private List<String> row(Subject subject) {
        return List.of(
                subject.label(),
                shown(metric(AT_REST, subject, null)),
                shown(metric(UNDER_CHURN, subject, READ)),
                shown(metric(UNDER_CHURN, subject, REPLACE_WHILE_READ)),
                shown(metric(UNREAD, subject, REPLACE_UNREAD)),
                slowdown(subject).map(Ratio::toString).orElse(Numbers.NONE));
    }

    private static String shown(Optional<Metric> metric) {
        return metric.map(Numbers::score).orElse(Numbers.NONE);
    }

    private static Metric secondary(Measurement measurement, String method) {
        Map<String, Metric> metrics = measurement.secondaryMetrics();
        return metrics.get(method);
    }
}
