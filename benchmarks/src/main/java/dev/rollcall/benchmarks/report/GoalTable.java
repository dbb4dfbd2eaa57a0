package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.LatencyBenchmark;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.FigureTables.Setting;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.report.Ratio.Goal;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The project's goals of speed and size, each with floor, best peer and Rollcall, met or missed.
 * What was not measured has no row.
 */
final class GoalTable {
    static final String TITLE = "The goals";

    private static final String NOTE =
            "M/s is million a second. Ratios say how many times better Rollcall is: faster, shorter, smaller. A goal is"
                    + " met or missed by the measured value; \"within error\" if the error reaches across it. The best peer is the"
                    + " best of those with timeouts, the HashMap under one lock among them; floors are bare maps, the clock, or"
                    + " the manager without counting.";
    private static final List<String> COLUMNS =
            List.of("", "floor", "best peer", "Rollcall", "to the floor", "to the best peer", "goal");
    private static final List<Subject> CLOCKS = List.of(Subject.EXACT, Subject.EXACT_COARSE);
    private static final long FEW = 1_000;
    private static final long MANY = 1_000_000;

    private final ResultsFile file;
    private final FigureTables figures;
    private final List<List<String>> rows = new ArrayList<>();

    GoalTable(ResultsFile file) {
        this.file = file;
        this.figures = new FigureTables(file);
    }

    Optional<Table> table() {
        for (Condition at : PriceTables.conditions(file, PriceTables.REPLACE)) {
            Goal toPeer = at.live() <= FEW ? atLeast(3) : atLeast(1.5);
            for (Subject ours : CLOCKS) {
                String name = "create + destroy, M/s" + clock(ours);
                addSpeed(name, PriceTables.REPLACE, ours, at, Subject.BARE_MAP, atLeast(1), toPeer);
            }
        }
        for (Condition at : PriceTables.conditions(file, PriceTables.BY_ID)) {
            Goal goal = at.live() <= FEW ? atLeast(1.5) : atLeast(1);
            for (Subject ours : CLOCKS) {
                String name = "keepalive by id, M/s" + clock(ours);
                addSpeed(name, PriceTables.BY_ID, ours, at, Subject.BARE_MAP, goal, null);
            }
        }
        CLOCKS.forEach(this::addByHandle);
        for (Condition at : PriceTables.conditions(file, PriceTables.REPLACE)) {
            String name = "create + destroy, exact against no counting";
            addSpeed(name, PriceTables.REPLACE, Subject.EXACT, at, Subject.NONE, atLeast(0.95), null);
        }
        addScaling();
        addCount();
        addSweep();
        addGone();
        addExpiry();
        addMemory(new Setting(MANY, Jvm.PARALLEL));
        addMemory(new Setting(10 * MANY, Jvm.PARALLEL));
        addMemory(new Setting(MANY, Jvm.COMPACT));
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(TITLE, NOTE, COLUMNS, rows));
    }

    /** More is better. A null goal is none, and leaves its side out if that is the peers'. */
    private void addSpeed(
            String name, String method, Subject subject, Condition at, Subject floor, Goal floorGoal, Goal peerGoal) {
        Optional<Metric> ours = score(method, subject, at);
        Optional<Metric> under = score(method, floor, at);
        if (ours.isEmpty() || under.isEmpty()) {
            return;
        }
        Optional<Measurement> best = floor == Subject.NONE
                ? Optional.empty()
                : rivals(method, at).stream()
                        .max(Comparator.comparingDouble(
                                each -> each.primaryMetric().score()));
        Ratio toFloor = Ratio.of(ours.get(), under.get());
        Optional<Ratio> toBest = best.map(each -> Ratio.of(ours.get(), each.primaryMetric()));
        List<String> verdicts = new ArrayList<>(List.of("floor " + floorGoal + ": " + toFloor.judge(floorGoal)));
        if (peerGoal != null) {
            toBest.ifPresent(ratio -> verdicts.add("peer " + peerGoal + ": " + ratio.judge(peerGoal)));
        }
        add(
                name,
                at.label(),
                Numbers.score(under.get()),
                named(best),
                Numbers.score(ours.get()),
                toFloor.toString(),
                toBest.map(Ratio::toString).orElse(Numbers.NONE),
                String.join("; ", verdicts));
    }

    private void addByHandle(Subject subject) {
        // Of the time, at most 1.3 of the clock's.
        Goal goal = atLeast(0.77);
        for (Condition at : PriceTables.conditions(file, PriceTables.BY_HANDLE)) {
            Optional<Metric> ours = score(PriceTables.BY_HANDLE, subject, at);
            Optional<Metric> clock = PriceTables.nanoTime(file);
            if (ours.isPresent() && clock.isPresent()) {
                Ratio ratio = Ratio.of(ours.get(), clock.get());
                Optional<Measurement> best = rivals(PriceTables.BY_HANDLE, at).stream()
                        .max(Comparator.comparingDouble(
                                each -> each.primaryMetric().score()));
                add(
                        "keepalive by handle, M/s, floor nanoTime" + clock(subject),
                        at.label(),
                        Numbers.score(clock.get()),
                        named(best),
                        Numbers.score(ours.get()),
                        ratio.toString(),
                        best.map(each -> Ratio.of(ours.get(), each.primaryMetric())
                                        .toString())
                                .orElse(Numbers.NONE),
                        "floor " + goal + ": " + ratio.judge(goal));
            }
        }
    }

    private void addScaling() {
        for (long live : new long[] {FEW, MANY}) {
            figures.scaling(Subject.EXACT, live)
                    .ifPresent(ratio -> add(
                            "create + destroy, two threads over one",
                            Numbers.live(live),
                            Numbers.NONE,
                            Numbers.NONE,
                            ratio.toString(),
                            Numbers.NONE,
                            Numbers.NONE,
                            "itself " + atLeast(1) + ": " + ratio.judge(atLeast(1))));
        }
    }

    private void addCount() {
        CountTable counts = new CountTable(file);
        String at = CountTable.SHARDS + " shards";
        counts.metric(CountTable.UNDER_CHURN, Subject.EXACT, CountTable.READ)
                .ifPresent(read -> add(
                        "reading the count under churn, ns",
                        at,
                        counts.metric(CountTable.UNDER_CHURN, Subject.MAPPING_COUNT, CountTable.READ)
                                .map(Numbers::score)
                                .orElse(Numbers.NONE),
                        Numbers.NONE,
                        Numbers.score(read),
                        Numbers.NONE,
                        Numbers.NONE,
                        absolute(read, new Goal(1_000, false))));
        Goal goal = new Goal(1.05, false);
        counts.slowdown(Subject.EXACT)
                .ifPresent(slower -> add(
                        "time of a write beside a reader over one beside none",
                        at,
                        counts.slowdown(Subject.MAPPING_COUNT)
                                .map(Ratio::toString)
                                .orElse(Numbers.NONE),
                        Numbers.NONE,
                        slower.toString(),
                        Numbers.NONE,
                        Numbers.NONE,
                        "itself " + goal + ": " + slower.judge(goal)));
    }

    private void addSweep() {
        Optional<Metric> ofFew = score(PriceTables.SWEEP, Subject.EXACT, new Condition(FEW, 1));
        Goal flat = new Goal(2, false);
        for (Condition at : PriceTables.conditions(file, PriceTables.SWEEP)) {
            score(PriceTables.SWEEP, Subject.EXACT, at).ifPresent(ours -> {
                Optional<Ratio> growth = ofFew.map(few -> Ratio.of(ours, few));
                String verdict = at.live() == FEW || growth.isEmpty()
                        ? ""
                        : growth.get() + " of that at 1 k, " + flat + ": "
                                + growth.get().judge(flat);
                addTime("a sweep with nothing due, µs", PriceTables.SWEEP, at, ours, verdict);
            });
        }
        for (Condition at : PriceTables.conditions(file, PriceTables.SWEEP_KEPT_ALIVE)) {
            file.find(PriceTables.SWEEP_KEPT_ALIVE, Subject.EXACT, at.live(), at.threads())
                    .map(PriceTables::perSession)
                    .ifPresent(ours -> add(
                            "a sweep with everything kept alive, ns a session",
                            Numbers.live(at.live()),
                            Numbers.NONE,
                            Numbers.NONE,
                            Numbers.score(ours.primaryMetric()),
                            Numbers.NONE,
                            Numbers.NONE,
                            ""));
        }
    }

    private void addGone() {
        for (Condition at : PriceTables.conditions(file, PriceTables.GONE)) {
            score(PriceTables.GONE, Subject.EXACT, at)
                    .ifPresent(ours -> addTime(
                            "a transport gone with one session, µs",
                            PriceTables.GONE,
                            at,
                            ours,
                            absolute(ours, new Goal(2, false))));
        }
    }

    private void addExpiry() {
        Goal goal = atLeast(3);
        for (Condition at : PriceTables.conditions(file, PriceTables.EXPIRY)) {
            score(PriceTables.EXPIRY, Subject.EXACT, at).ifPresent(ours -> {
                String verdict = shortest(PriceTables.EXPIRY, at)
                        .map(best -> "peer " + goal + ": "
                                + Ratio.of(best.primaryMetric(), ours).judge(goal))
                        .orElse("");
                addTime("expiring them all, ms", PriceTables.EXPIRY, at, ours, verdict);
            });
        }
        longestCreate(Subject.EXACT).ifPresent(ours -> {
            Optional<Subject> best = Arrays.stream(Subject.values())
                    .filter(Subject::isRival)
                    .filter(rival -> longestCreate(rival).isPresent())
                    .min(Comparator.comparingDouble(
                            rival -> longestCreate(rival).get().score()));
            add(
                    "the longest create meanwhile, ms",
                    Numbers.live(MANY),
                    Numbers.NONE,
                    best.map(rival -> Numbers.plain(millis(longestCreate(rival).get())) + ' ' + rival.label())
                            .orElse(Numbers.NONE),
                    Numbers.plain(millis(ours)),
                    Numbers.NONE,
                    best.map(rival -> Numbers.plain(longestCreate(rival).get().score() / ours.score()))
                            .orElse(Numbers.NONE),
                    "");
        });
    }

    private Optional<Metric> longestCreate(Subject subject) {
        return figures.latency(subject, LatencyBenchmark.EXPIRING, "create", "max");
    }

    private static double millis(Metric micros) {
        return micros.score() / 1_000;
    }

    private void addMemory(Setting at) {
        figures.bytes(Subject.EXACT, at).ifPresent(ours -> {
            Optional<Double> floor = figures.bytes(Subject.BARE_MAP, at);
            Optional<Subject> best = Arrays.stream(Subject.values())
                    .filter(rival -> rival.isRival() && figures.bytes(rival, at).isPresent())
                    .min(Comparator.comparingDouble(
                            rival -> figures.bytes(rival, at).get()));
            Goal smallEnough = new Goal(96, false);
            List<String> verdicts = new ArrayList<>(
                    List.of("itself " + smallEnough + ": " + (smallEnough.isMetBy(ours) ? "met" : "missed")));
            best.ifPresent(rival -> verdicts.add("smallest of all: "
                    + (ours < figures.bytes(rival, at).get()
                                    && floor.map(bytes -> ours < bytes).orElse(true)
                            ? "met"
                            : "missed")));
            add(
                    "bytes per session",
                    at.label(),
                    floor.map(Numbers::plain).orElse(Numbers.NONE),
                    best.map(rival -> Numbers.plain(figures.bytes(rival, at).get()) + ' ' + rival.label())
                            .orElse(Numbers.NONE),
                    Numbers.plain(ours),
                    floor.map(bytes -> Numbers.plain(bytes / ours)).orElse(Numbers.NONE),
                    best.map(rival -> Numbers.plain(figures.bytes(rival, at).get() / ours))
                            .orElse(Numbers.NONE),
                    String.join("; ", verdicts));
        });
    }

    /** Less is better; there is no floor. */
    private void addTime(String name, String method, Condition at, Metric ours, String verdict) {
        Optional<Measurement> best = shortest(method, at);
        add(
                name,
                Numbers.live(at.live()),
                Numbers.NONE,
                named(best),
                Numbers.score(ours),
                Numbers.NONE,
                best.map(each -> Ratio.of(each.primaryMetric(), ours).toString())
                        .orElse(Numbers.NONE),
                verdict);
    }

    private Optional<Measurement> shortest(String method, Condition at) {
        return rivals(method, at).stream()
                .min(Comparator.comparingDouble(each -> each.primaryMetric().score()));
    }

    private List<Measurement> rivals(String method, Condition at) {
        return PriceTables.of(file, method)
                .filter(each -> each.live() == at.live() && each.threads() == at.threads())
                .filter(each -> each.subject().isRival())
                .toList();
    }

    private Optional<Metric> score(String method, Subject subject, Condition at) {
        return file.find(method, subject, at.live(), at.threads()).map(Measurement::primaryMetric);
    }

    private void add(String question, String at, String... cells) {
        List<String> row = new ArrayList<>(List.of(question + ": " + at));
        row.addAll(List.of(cells));
        rows.add(row);
    }

    private static String named(Optional<Measurement> peer) {
        return peer.map(each -> Numbers.plain(each.primaryMetric().score())
                        + ' '
                        + each.subject().label())
                .orElse(Numbers.NONE);
    }

    /** A bound on the value itself. */
    private static String absolute(Metric metric, Goal goal) {
        return "itself " + goal + ": " + new Ratio(metric.score(), metric.scoreError()).judge(goal);
    }

    private static String clock(Subject subject) {
        return subject == Subject.EXACT_COARSE ? ", coarse clock" : "";
    }

    private static Goal atLeast(double bound) {
        return new Goal(bound, true);
    }
}
