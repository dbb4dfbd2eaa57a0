package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables of a results file, one per question. A question that was not measured has no table.
 */
final class PriceTables {
    static final String REPLACE = "LifecycleBenchmark.replace";
    static final String CREATE_DESTROY = "LifecycleBenchmark.createDestroy";
    static final String BY_ID = "KeepaliveBenchmark.byId";
    static final String BY_HANDLE = "KeepaliveBenchmark.byHandle";
    static final String NANO_TIME = "KeepaliveBenchmark.nanoTime";

    static final String KEEPALIVE_TITLE = "Keepalive by id";

    private static final String MILLION =
            "Million per second, all threads together; ± is half of the 99.9 % confidence interval.";

    private final ResultsFile file;

    PriceTables(ResultsFile file) {
        this.file = file;
    }

    /** All of them, the ratios first. */
    List<Table> all() {
        return Stream.of(
                        new RatioTable(file).table(),
                        table(REPLACE, "Create + destroy: a random one of the live sessions is replaced", MILLION),
                        table(CREATE_DESTROY, "Create + destroy of one session that ends at once", MILLION),
                        table(BY_ID, KEEPALIVE_TITLE, MILLION),
                        byHandle(),
                        new CountTable(file).table())
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Conditions under which something was measured: how many live, how many threads.
     *
     * @param live sessions, 0 if the benchmark has none
     * @param threads threads
     */
    record Condition(long live, int threads) implements Comparable<Condition> {
        private static final Comparator<Condition> ORDER =
                Comparator.comparingLong(Condition::live).thenComparingInt(Condition::threads);

        String label() {
            return live == 0 ? Numbers.threads(threads) : Numbers.live(live) + ", " + Numbers.threads(threads);
        }

        @Override
        public int compareTo(Condition other) {
            return ORDER.compare(this, other);
        }
    }

    /** The conditions under which a method was measured, in ascending order. */
    static List<Condition> conditions(ResultsFile file, String method) {
        return file.results().stream()
                .filter(each -> each.method().equals(method))
                .map(each -> new Condition(each.live(), each.threads()))
                .distinct()
                .sorted()
                .toList();
    }

    /** The subjects that a method was measured with, in the order of the enum. */
    static List<Subject> subjects(ResultsFile file, String method) {
        return file.results().stream()
                .filter(each -> each.method().equals(method))
                .map(Measurement::subject)
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<Table> table(String method, String title, String note) {
        List<Condition> conditions = conditions(file, method);
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Subject subject : subjects(file, method)) {
            rows.add(row(method, subject, conditions));
        }
        return Optional.of(new Table(title, note + forks(method), columns(conditions), rows));
    }

    private Optional<Table> byHandle() {
        return table(BY_HANDLE, "Keepalive by handle", MILLION).map(table -> {
            List<List<String>> rows = new ArrayList<>(table.rows());
            Optional<String> floor = file.results().stream()
                    .filter(each -> each.method().equals(NANO_TIME) && each.threads() == 1)
                    .map(each -> Numbers.score(each.primaryMetric()))
                    .findFirst();
            List<String> floorRow = new ArrayList<>(List.of("System.nanoTime() (floor)"));
            for (Condition condition : conditions(file, BY_HANDLE)) {
                floorRow.add(condition.threads() == 1 ? floor.orElse(Numbers.NONE) : Numbers.NONE);
            }
            rows.add(0, floorRow);
            return new Table(table.title(), table.note(), table.columns(), rows);
        });
    }

    private List<String> row(String method, Subject subject, List<Condition> conditions) {
        List<String> row = new ArrayList<>();
        row.add(subject.label());
        for (Condition condition : conditions) {
            row.add(file.find(method, subject, condition.live(), condition.threads())
                    .map(Measurement::primaryMetric)
                    .map(Numbers::score)
                    .orElse(Numbers.NONE));
        }
        return row;
    }

    private static List<String> columns(List<Condition> conditions) {
        return Stream.concat(Stream.of(""), conditions.stream().map(Condition::label))
                .toList();
    }

    private String forks(String method) {
        Set<Integer> forks = new LinkedHashSet<>();
        file.results().stream()
                .filter(each -> each.method().equals(method))
                .map(Measurement::primaryMetric)
                .map(Metric::forks)
                .sorted()
                .forEach(forks::add);
        List<Integer> seen = List.copyOf(forks);
        String range = seen.size() == 1 ? "" + seen.get(0) : seen.get(0) + " to " + seen.get(seen.size() - 1);
        return " Forks: " + range + '.';
    }
}
