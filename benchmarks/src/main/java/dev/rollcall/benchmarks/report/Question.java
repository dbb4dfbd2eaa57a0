package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.LatencyBenchmark;
import dev.rollcall.benchmarks.MemoryBenchmark;
import dev.rollcall.benchmarks.TransportGoneBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The questions that a results file answers besides the goals, each with a table of all subjects. */
enum Question {
    REPLACE(
            Cells.REPLACE,
            Series.SCORE,
            "Create + destroy: a random one of the live sessions is replaced, million/s",
            "Every way of counting changes a number when a session comes and when it goes; exact changes one that lies"
                    + " under a lock that is held anyway. With a thousand live what counts is instructions, with a million it is cache"
                    + " misses. Peers pay for ids of text, an object per timer or buffers of their own."),

    CREATE_DESTROY(
            Cells.CREATE_DESTROY,
            Series.SCORE,
            "Create + destroy of one session that ends at once, million/s",
            "All cache lines are warm: instructions, compare-and-sets and the lock are what is left."),

    BY_ID(
            Cells.BY_ID,
            Series.SCORE,
            "Keepalive by id, million/s",
            "One lookup, one reading of the clock, one write of the time. A keepalive that finds as late a time on"
                    + " record writes nothing; the rows that always write price the others."),

    BY_HANDLE(
            Cells.BY_HANDLE,
            Series.SCORE,
            "Keepalive by handle, million/s",
            "Without the lookup: the clock and, if the session was not touched lately, one cache miss."),

    SWEEP(
            Cells.SWEEP,
            Series.SCORE,
            "A sweep with nothing due, µs",
            "Whoever scans pays for every live session; a wheel looks at what has come, a list in order of age at its"
                    + " first element."),

    SWEEP_KEPT_ALIVE(
            Cells.SWEEP_KEPT_ALIVE,
            Series.SCORE,
            "A sweep with everything kept alive, µs",
            "A keepalive of Rollcall leaves the timer as it is, so once per session and timeout a sweep looks at the session"
                    + " again. The map under one lock looks at every session in every sweep. Caffeine moves a session to the end"
                    + " of its list when it is used, and not in the sweep."),

    EXPIRY(
            Cells.EXPIRY,
            Series.SCORE,
            "Expiring a million sessions, ms",
            "Every session has to be found, judged and taken out of its table. The map under one lock has no timers: it"
                    + " scans its table in the table's own order, has nothing else to take out, and answers nobody meanwhile."),

    IDLE_CREATES(
            Cells.REQUESTS,
            LatencyBenchmark.IDLE,
            "p99.9 of a create with nothing to sweep, µs from its intended start",
            "What the machine adds by itself."),

    CREATES_BESIDE_SWEEP(
            Cells.REQUESTS,
            LatencyBenchmark.BESIDE_SWEEP,
            "p99.9 of a create beside a sweep, µs from its intended start",
            "A sweep under one lock is the longest wait of everyone else; one in bounded batches that lets others in"
                    + " between them is not."),

    GONE(
            Cells.GONE,
            TransportGoneBenchmark.NANOS,
            "One transport gone, with one session, ns",
            "Rollcall visits the sessions of that transport; a table without such a list has to be scanned."),

    CLAIM(
            Cells.CLAIM,
            Series.SCORE,
            "Claim: a random session changes its transport, million/s",
            "A claim of Rollcall changes both transports' lists under the shard's lock; the map under one lock only notes the"
                    + " owner."),

    MEMORY(
            Cells.MEMORY,
            MemoryBenchmark.BYTES,
            "Heap per live session, bytes",
            "One object and its share of flat arrays, against a node, a boxed key, a value and a timer each."),

    MEMORY_ALONE(
            Cells.MEMORY_ALONE,
            MemoryBenchmark.BYTES,
            "Heap per live session alone on its transport, bytes",
            "The transport is part of it."),

    GARBAGE(
            Cells.REPLACE,
            Series.GARBAGE,
            "Garbage of a create and a destroy, bytes",
            "A create needs the session, which is garbage when it has ended.");

    private final String benchmark;
    private final String series;
    private final String title;
    private final String cause;

    Question(String benchmark, String series, String title, String cause) {
        this.benchmark = benchmark;
        this.series = series;
        this.title = title;
        this.cause = cause;
    }

    /** Subjects down, conditions across; without what was measured in too few forks. */
    private Optional<Table> table(ResultsFile file) {
        Map<Subject, Map<String, String>> cells = new TreeMap<>();
        List<String> columns = new ArrayList<>(List.of(""));
        file.cells().stream()
                .map(ResultsFile.Measured::cell)
                .filter(cell -> cell.benchmark().equals(benchmark))
                .forEach(cell -> numbers(file, cell).forEach((condition, number) -> {
                    if (!columns.contains(condition)) {
                        columns.add(condition);
                    }
                    cells.computeIfAbsent(cell.subject(), unused -> new TreeMap<>())
                            .put(condition, number);
                }));
        List<List<String>> rows = new ArrayList<>();
        cells.forEach((subject, row) -> rows.add(columns.stream()
                .map(column -> column.isEmpty() ? subject.label() : row.getOrDefault(column, Numbers.NONE))
                .toList()));
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(title, cause, columns, rows));
    }

    /** By condition, of which one is that the processors were far apart. */
    private Map<String, String> numbers(ResultsFile file, Cell cell) {
        Map<String, String> numbers = new TreeMap<>();
        Estimate.of(file.passes(cell, series))
                .ifPresent(estimate -> numbers.put(condition(cell), GoalTable.interval(estimate)));
        Estimate.of(file.passes(cell, Series.far(series)))
                .ifPresent(estimate -> numbers.put(condition(cell) + ", far apart", GoalTable.interval(estimate)));
        return numbers;
    }

    /** All tables. */
    static List<Table> tables(ResultsFile file) {
        return Arrays.stream(values())
                .map(each -> each.table(file))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String condition(Cell cell) {
        StringBuilder text = new StringBuilder(Numbers.live(cell.live()));
        text.append(", ").append(Numbers.threads(cell.threads()));
        Map<String, String> params = cell.params();
        if (!params.getOrDefault("shards", "0").equals("0")) {
            text.append(", ").append(params.get("shards")).append(" shards");
        }
        if (params.containsKey("due")) {
            text.append(params.get("due").equals("true") ? ", expiring" : ", kept alive");
        }
        return cell.jvm().label().isEmpty()
                ? text.toString()
                : text.append(", ").append(cell.jvm().label()).toString();
    }
}
