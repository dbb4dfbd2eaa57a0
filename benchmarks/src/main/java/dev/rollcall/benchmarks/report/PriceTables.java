package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tables of scores: subjects down, conditions across, in the usual virtual machine. */
final class PriceTables {
    static final String REPLACE = "LifecycleBenchmark.replace";
    static final String CREATE_DESTROY = "LifecycleBenchmark.createDestroy";
    static final String BY_ID = "KeepaliveBenchmark.byId";
    static final String BY_HANDLE = "KeepaliveBenchmark.byHandle";
    static final String NANO_TIME = "KeepaliveBenchmark.nanoTime";
    static final String SWEEP = "SweepBenchmark.nothingDue";
    static final String SWEEP_KEPT_ALIVE = "SweepBenchmark.everythingKeptAlive";
    static final String EXPIRY = "ExpiryBenchmark.expireAll";
    static final String GONE = "TransportGoneBenchmark.gone";
    static final String CLAIM = "ClaimBenchmark.claim";

    private final ResultsFile file;

    PriceTables(ResultsFile file) {
        this.file = file;
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
        return of(file, method)
                .map(each -> new Condition(each.live(), each.threads()))
                .distinct()
                .sorted()
                .toList();
    }

    /** The subjects that a method was measured with, in the order of the enum. */
    static List<Subject> subjects(ResultsFile file, String method) {
        return of(file, method).map(Measurement::subject).distinct().sorted().toList();
    }

    /** What was measured of a method in the usual virtual machine. */
    static Stream<Measurement> of(ResultsFile file, String method) {
        return file.results().stream().filter(each -> each.method().equals(method) && each.jvm() == Jvm.PARALLEL);
    }

    /** The clock's own throughput on one thread. */
    static Optional<Metric> nanoTime(ResultsFile file) {
        return of(file, NANO_TIME)
                .filter(each -> each.threads() == 1)
                .map(Measurement::primaryMetric)
                .findFirst();
    }

    /** The scores of a method, if it was measured. */
    Optional<Table> table(String method, String title, String note) {
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

    /** As {@link #table}, of a method that is timed in microseconds: nanoseconds for each live session. */
    Optional<Table> perSession(String method, String title, String note) {
        return new PriceTables(new ResultsFile(
                        file.run(),
                        of(file, method).map(PriceTables::perSession).toList()))
                .table(method, title, note);
    }

    /** The measurement with its score, in microseconds, as nanoseconds for each live session. */
    static Measurement perSession(Measurement measurement) {
        return new Measurement(
                measurement.benchmark(),
                measurement.threads(),
                measurement.jvmArgs(),
                measurement.params(),
                measurement.primaryMetric().times(1_000.0 / measurement.live(), "ns"),
                measurement.secondaryMetrics());
    }

    /** As {@link #table}, with the clock as the floor. */
    Optional<Table> byHandle(String title, String note) {
        return table(BY_HANDLE, title, note).map(table -> {
            List<List<String>> rows = new ArrayList<>(table.rows());
            String floor = nanoTime(file).map(Numbers::score).orElse(Numbers.NONE);
            List<String> floorRow = new ArrayList<>(List.of("System.nanoTime() (floor)"));
            for (Condition condition : conditions(file, BY_HANDLE)) {
                floorRow.add(condition.threads() == 1 ? floor : Numbers.NONE);
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

    /** In how many forks; nothing if that is not on file. */
    private String forks(String method) {
        List<Integer> seen = of(file, method)
                .map(each -> each.primaryMetric().forks())
                .filter(forks -> forks > 0)
                .distinct()
                .sorted()
                .toList();
        if (seen.isEmpty()) {
            return "";
        }
        String range = seen.size() == 1 ? "" + seen.get(0) : seen.get(0) + " to " + seen.get(seen.size() - 1);
        return " Forks: " + range + '.';
    }
}
