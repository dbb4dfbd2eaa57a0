package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.LatencyBenchmark;
import dev.rollcall.benchmarks.MemoryBenchmark;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tables of what benchmarks found besides their scores, and of scores set against each other. */
final class FigureTables {
    static final String MEMORY = "MemoryBenchmark.populate";
    static final String LATENCY = "LatencyBenchmark.requests";
    static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9", "max");

    private static final List<String> REQUESTS = List.of("keepalive", "create");

    private final ResultsFile file;

    FigureTables(ResultsFile file) {
        this.file = file;
    }

    /** A column of a table: what it shows of a subject. */
    private record Column(String name, Function<Subject, Optional<String>> cell) {}

    /** Bytes per session. */
    Optional<Table> memory(String title, String note) {
        List<Column> columns = file.results().stream()
                .filter(each -> each.method().equals(MEMORY))
                .map(each -> new Setting(each.live(), each.jvm()))
                .distinct()
                .sorted((one, other) -> one.jvm() == other.jvm()
                        ? Long.compare(one.live(), other.live())
                        : one.jvm().compareTo(other.jvm()))
                .map(setting -> new Column(
                        setting.label(), subject -> bytes(subject, setting).map(FigureTables::oneDecimal)))
                .toList();
        return table(title, note, subjects(MEMORY), columns);
    }

    /** How many live, in what virtual machine. */
    record Setting(long live, Jvm jvm) {
        String label() {
            String suffix = jvm.label().isEmpty() ? "" : ", " + jvm.label();
            return Numbers.live(live) + suffix;
        }
    }

    /** Bytes per session of a subject. */
    Optional<Double> bytes(Subject subject, Setting at) {
        return file.find(MEMORY, subject, at.live(), 1, at.jvm())
                .flatMap(each -> each.figure(MemoryBenchmark.BYTES))
                .map(Metric::score);
    }

    /** Percentiles of requests while sessions expire, after a row with nothing due. */
    Optional<Table> latency(String title, String note) {
        List<Subject> subjects = subjects(LATENCY);
        if (subjects.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of(""));
        REQUESTS.forEach(request -> PERCENTILES.forEach(percentile -> names.add(request + ' ' + percentile)));
        List<List<String>> rows = new ArrayList<>();
        rows.add(latencyRow("nothing due: " + subjects.get(0).label(), subjects.get(0), LatencyBenchmark.QUIET));
        subjects.forEach(subject -> rows.add(latencyRow(subject.label(), subject, LatencyBenchmark.EXPIRING)));
        return Optional.of(new Table(title, note, names, rows));
    }

    private List<String> latencyRow(String name, Subject subject, String phase) {
        List<String> row = new ArrayList<>(List.of(name));
        for (String request : REQUESTS) {
            for (String percentile : PERCENTILES) {
                row.add(latency(subject, phase, request, percentile)
                        .map(metric -> Numbers.plain(metric.score()))
                        .orElse(Numbers.NONE));
            }
        }
        return row;
    }

    /** Microseconds that a kind of request took. */
    Optional<Metric> latency(Subject subject, String phase, String request, String percentile) {
        return PriceTables.of(file, LATENCY)
                .filter(each -> each.subject() == subject)
                .findFirst()
                .flatMap(each -> each.figure(phase + '.' + request + '.' + percentile));
    }

    /** What an operation allocates, on one thread with few live. */
    Optional<Table> garbage(String title, String note) {
        List<Column> columns = Stream.of(
                        garbageColumn("create + destroy", PriceTables.REPLACE),
                        garbageColumn("keepalive by id", PriceTables.BY_ID),
                        garbageColumn("keepalive by handle", PriceTables.BY_HANDLE),
                        garbageColumn("claim", PriceTables.CLAIM))
                .toList();
        return table(title, note, subjects(PriceTables.REPLACE), columns);
    }

    private Column garbageColumn(String name, String method) {
        return new Column(
                name,
                subject -> PriceTables.of(file, method)
                        .filter(each -> each.subject() == subject && each.threads() == 1)
                        .findFirst()
                        .flatMap(each -> each.figure(ResultsFile.GARBAGE))
                        .map(metric -> oneDecimal(metric.score())));
    }

    /** Two threads over one. */
    Optional<Table> scaling(String title, String note) {
        List<Long> live = PriceTables.conditions(file, PriceTables.REPLACE).stream()
                .map(Condition::live)
                .distinct()
                .toList();
        List<Column> columns = live.stream()
                .map(sessions -> new Column(
                        Numbers.live(sessions),
                        subject -> scaling(subject, sessions).map(Ratio::toString)))
                .toList();
        return table(title, note, subjects(PriceTables.REPLACE), columns);
    }

    /** Create + destroy on two threads over one. */
    Optional<Ratio> scaling(Subject subject, long live) {
        Optional<Measurement> two = file.find(PriceTables.REPLACE, subject, live, 2);
        return file.find(PriceTables.REPLACE, subject, live, 1)
                .flatMap(one -> two.map(both -> Ratio.of(both.primaryMetric(), one.primaryMetric())));
    }

    /** What was also measured with G1. */
    Optional<Table> otherCollector(String title, String note) {
        List<Measurement> measured =
                file.results().stream().filter(each -> each.jvm() == Jvm.G1).toList();
        List<Subject> subjects =
                measured.stream().map(Measurement::subject).distinct().sorted().toList();
        List<Column> columns = new ArrayList<>();
        measured.stream()
                .map(each -> List.of(each.method(), new Condition(each.live(), each.threads())))
                .distinct()
                .forEach(at -> addCollectors(columns, (String) at.get(0), (Condition) at.get(1)));
        return table(title, note, subjects, columns);
    }

    private void addCollectors(List<Column> columns, String method, Condition at) {
        String name = (method.equals(PriceTables.REPLACE) ? "create + destroy, " : "keepalive by id, ") + at.label();
        columns.add(new Column(
                name,
                subject -> file.find(method, subject, at.live(), at.threads(), Jvm.G1)
                        .map(g1 -> Numbers.plain(g1.primaryMetric().score())
                                + file.find(method, subject, at.live(), at.threads())
                                        .map(usual -> " ("
                                                + Numbers.plain(
                                                        usual.primaryMetric().score()) + ')')
                                        .orElse(""))));
    }

    private List<Subject> subjects(String method) {
        return PriceTables.subjects(file, method);
    }

    /** Without the rows that have nothing to show; absent if none has. */
    private static Optional<Table> table(String title, String note, List<Subject> subjects, List<Column> columns) {
        List<String> names =
                Stream.concat(Stream.of(""), columns.stream().map(Column::name)).toList();
        List<List<String>> rows = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Optional<String>> cells =
                    columns.stream().map(column -> column.cell().apply(subject)).toList();
            if (cells.stream().anyMatch(Optional::isPresent)) {
                List<String> row = new ArrayList<>(List.of(subject.label()));
                cells.forEach(cell -> row.add(cell.orElse(Numbers.NONE)));
                rows.add(row);
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(title, note, names, rows));
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
