package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.report.Ratio.Goal;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rollcall against the floors, with the project's goals. */
final class RatioTable {
    private static final String NOTE =
            "How many times as fast as the floor, in one run of interleaved forks; where it says"
                    + " time, how many times as long. The error is what those of both measurements leave; a goal is met or"
                    + " missed by the ratio, \"within error\" if the error reaches across it. Table and no counting run the same"
                    + " code for create and destroy: their ratio is the noise of the run.";

    private final ResultsFile file;
    private final List<Condition> conditions;
    private final List<List<String>> rows = new ArrayList<>();

    RatioTable(ResultsFile file) {
        this.file = file;
        this.conditions = Stream.of(PriceTables.REPLACE, PriceTables.BY_ID, PriceTables.BY_HANDLE)
                .flatMap(method -> PriceTables.conditions(file, method).stream())
                .distinct()
                .sorted()
                .toList();
    }

    Optional<Table> table() {
        Goal noSlower = new Goal(1, true);
        addSpeed(
                "create + destroy: exact / no counting",
                PriceTables.REPLACE,
                Subject.EXACT,
                Subject.NONE,
                new Goal(0.95, true));
        addSpeed("create + destroy: atomic / no counting", PriceTables.REPLACE, Subject.ATOMIC, Subject.NONE, null);
        addSpeed("create + destroy: adder / no counting", PriceTables.REPLACE, Subject.ADDER, Subject.NONE, null);
        addSpeed("create + destroy: table / no counting", PriceTables.REPLACE, Subject.TABLE, Subject.NONE, null);
        addSpeed("create + destroy: exact / bare map", PriceTables.REPLACE, Subject.EXACT, Subject.BARE_MAP, noSlower);
        addSpeed("keepalive by id: exact / bare map", PriceTables.BY_ID, Subject.EXACT, Subject.BARE_MAP, noSlower);
        addSpeed(
                "keepalive by id: always writes / bare map",
                PriceTables.BY_ID,
                Subject.EXACT_ALWAYS_WRITES,
                Subject.BARE_MAP,
                noSlower);
        addTimeByHandle("time of a keepalive by handle: exact / nanoTime", Subject.EXACT);
        addTimeByHandle("time of a keepalive by handle: always writes / nanoTime", Subject.EXACT_ALWAYS_WRITES);
        List<String> columns = new ArrayList<>(List.of(""));
        conditions.forEach(condition -> columns.add(condition.label()));
        columns.addAll(List.of("goal", ""));
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table("Against the floors", NOTE, columns, rows));
    }

    private void addSpeed(String name, String method, Subject subject, Subject floor, Goal goal) {
        addRow(
                name,
                at -> metric(method, floor, at)
                        .flatMap(under -> metric(method, subject, at).map(over -> Ratio.of(over, under))),
                goal);
    }

    /** A quotient of times, so of the throughputs the other way round. */
    private void addTimeByHandle(String name, Subject subject) {
        addRow(
                name,
                at -> at.threads() > 1
                        ? Optional.empty()
                        : PriceTables.nanoTime(file)
                                .flatMap(clock -> metric(PriceTables.BY_HANDLE, subject, at)
                                        .map(of -> Ratio.of(clock, of))),
                new Goal(1.3, false));
    }

    private void addRow(String name, Function<Condition, Optional<Ratio>> ratioAt, Goal goal) {
        List<Ratio> ratios =
                conditions.stream().map(at -> ratioAt.apply(at).orElse(null)).toList();
        if (ratios.stream().allMatch(Objects::isNull)) {
            return;
        }
        List<String> row = new ArrayList<>(List.of(name));
        ratios.forEach(ratio -> row.add(ratio == null ? Numbers.NONE : ratio.toString()));
        row.add(goal == null ? "" : goal.toString());
        row.add(goal == null ? "" : judge(ratios, goal));
        rows.add(row);
    }

    /** The worst of the judgements, and of how many. */
    private static String judge(List<Ratio> ratios, Goal goal) {
        List<Ratio> measured = ratios.stream().filter(Objects::nonNull).toList();
        List<String> missed = measured.stream()
                .map(ratio -> ratio.judge(goal))
                .filter(judgement -> judgement.startsWith("missed"))
                .toList();
        if (!missed.isEmpty()) {
            boolean allWithinError = missed.stream().allMatch(judgement -> !judgement.equals("missed"));
            return "missed in " + missed.size() + " of " + measured.size() + (allWithinError ? ", within error" : "");
        }
        boolean clear = measured.stream().allMatch(ratio -> ratio.judge(goal).equals("met"));
        return clear ? "met" : "met, within error";
    }

    private Optional<Metric> metric(String method, Subject subject, Condition at) {
        return file.find(method, subject, at.live(), at.threads()).map(Measurement::primaryMetric);
    }
}
