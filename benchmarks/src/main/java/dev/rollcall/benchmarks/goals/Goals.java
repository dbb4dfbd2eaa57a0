package dev.rollcall.benchmarks.goals;

import static dev.rollcall.benchmarks.stats.Bound.atLeast;
import static dev.rollcall.benchmarks.stats.Bound.atMost;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.LatencyBenchmark;
import dev.rollcall.benchmarks.MemoryBenchmark;
import dev.rollcall.benchmarks.TransportGoneBenchmark;
import dev.rollcall.benchmarks.goals.Goal.Quantity;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.stats.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The list of goals. */
public final class Goals {
    /** The number of shards that the goals of reading the count are about. */
    public static final int SHARDS = 64;

    private static final int MOST_SHARDS = 1_024;

    /** They have neither timers nor transports. */
    private static final Set<Subject> MAPS = Set.of(Subject.BARE_MAP, Subject.STRIPED_MAP, Subject.LOCKED_MAP);

    private Goals() {}

    /** All. */
    public static List<Goal> all() {
        return Stream.of(ofReport(), lifecycle(), fastestMap(), keepalive(), count(), timeouts(), memory())
                .flatMap(List::stream)
                .flatMap(goal -> Stream.concat(Stream.of(goal), goal.far().stream()))
                .toList();
    }

    /** Those that the main job's short run answers. */
    public static List<Goal> ofReport() {
        return List.of(
                replace("the bare map", Subject.EXACT, Subject.BARE_MAP, Cells.FEW, 1, atLeast(0.55)),
                replace("the bare map", Subject.EXACT, Subject.BARE_MAP, Cells.MANY, 1, atLeast(1)),
                replace("no counting", Subject.EXACT, Subject.NONE, Cells.FEW, 1, atLeast(0.95)),
                replace("no counting", Subject.EXACT, Subject.NONE, Cells.MANY, 1, atLeast(0.95)),
                speed(
                        "keepalive by id, 1 k, to the bare map that writes as seldom",
                        Cells.byId(Subject.EXACT, Cells.FEW),
                        Cells.byId(Subject.BARE_MAP_SKIPS, Cells.FEW),
                        atLeast(1)),
                speed(
                        "create + destroy beside a reader of the count in a hot loop, 64 shards, to the bare map beside mappingCount()",
                        hot(Subject.EXACT),
                        hot(Subject.MAPPING_COUNT),
                        atLeast(1)));
    }

    /** Those that the README shows: what a create, a destroy and a keepalive cost, and a session's heap. */
    public static List<Goal> headlines() {
        return Stream.of(ofReport(), lifecycle().subList(0, 3), keepalive(), memory())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Goal> lifecycle() {
        List<Goal> goals = new ArrayList<>(List.of(
                replace("the bare map", Subject.EXACT, Subject.BARE_MAP, Cells.FEW, 2, atLeast(0.85)),
                replace("the bare map", Subject.EXACT, Subject.BARE_MAP, Cells.MANY, 2, atLeast(0.9)),
                replace("the bare map", Subject.EXACT_COARSE, Subject.BARE_MAP, Cells.FEW, 1, atLeast(0.7)),
                replace("the bare map", Subject.EXACT_COARSE, Subject.BARE_MAP, Cells.FEW, 2, atLeast(0.7)),
                replace("no counting", Subject.EXACT, Subject.NONE, Cells.FEW, 2, atLeast(0.95)),
                replace("no counting", Subject.EXACT, Subject.NONE, Cells.MANY, 2, atLeast(0.95)),
                bestPeer(Cells.FEW, atLeast(2.5)),
                bestPeer(Cells.MANY, atLeast(1.5)),
                speed(
                        "create + destroy, 1 M, 1 thread, with G1, to the bare map",
                        Cells.replace(Subject.EXACT, Cells.MANY, 1).in(Jvm.G1),
                        Cells.replace(Subject.BARE_MAP, Cells.MANY, 1).in(Jvm.G1),
                        atLeast(0.9))));
        for (long live : new long[] {Cells.FEW, Cells.MANY}) {
            for (int threads : new int[] {8, 32}) {
                goals.add(speed(
                        "create + destroy, " + live(live) + ", " + threads + " threads, to one alone",
                        Cells.replace(Subject.EXACT, live, threads),
                        Cells.replace(Subject.EXACT, live, 1),
                        atLeast(1)));
            }
        }
        return goals;
    }

    /** No goal: a harder baseline than the one that the goals name, so that nobody need think that it was chosen. */
    private static List<Goal> fastestMap() {
        return Stream.of(Cells.FEW, Cells.MANY)
                .flatMap(live -> Stream.of(1, 2)
                        .map(threads -> replace(
                                "the striped map", Subject.EXACT, Subject.STRIPED_MAP, live, threads, Bound.none())))
                .toList();
    }

    private static List<Goal> keepalive() {
        return List.of(
                speed(
                        "keepalive by id, 1 k, always writes, to the bare map that always writes",
                        Cells.byId(Subject.EXACT_ALWAYS_WRITES, Cells.FEW),
                        Cells.byId(Subject.BARE_MAP, Cells.FEW),
                        atLeast(1)),
                speed(
                        "keepalive by id, 1 k, coarse clock, to the bare map that reads the clock",
                        Cells.byId(Subject.EXACT_COARSE, Cells.FEW),
                        Cells.byId(Subject.BARE_MAP_SKIPS, Cells.FEW),
                        atLeast(1.7)),
                speed(
                        "keepalive by id, 1 M, to the bare map that writes as seldom",
                        Cells.byId(Subject.EXACT, Cells.MANY),
                        Cells.byId(Subject.BARE_MAP_SKIPS, Cells.MANY),
                        atLeast(1.3)),
                speed(
                        "keepalive by handle, 1 k, always writes, to nanoTime and a volatile write",
                        Cells.byHandle(Subject.EXACT_ALWAYS_WRITES, Cells.FEW),
                        Cells.byHandle(Subject.BARE_MAP, Cells.FEW),
                        atLeast(0.9)),
                speed(
                        "keepalive by handle, 1 k, to nanoTime and a volatile write as seldom",
                        Cells.byHandle(Subject.EXACT, Cells.FEW),
                        Cells.byHandle(Subject.BARE_MAP_SKIPS, Cells.FEW),
                        atLeast(0.9)));
    }

    private static List<Goal> count() {
        return List.of(
                itself(
                        "a read of the count in a hot loop beside one writer, 64 shards, ns",
                        new Quantity(hot(Subject.EXACT), CountBenchmark.READ_NANOS),
                        atMost(1_000)),
                itself(
                        "a snapshot of all figures in a hot loop beside one writer, 64 shards, ns",
                        new Quantity(hot(Subject.EXACT_COUNTS), CountBenchmark.READ_NANOS),
                        Bound.none()));
    }

    private static List<Goal> timeouts() {
        Cell expiring = Cells.requests(Subject.EXACT, true);
        Cell keptAlive = Cells.requests(Subject.EXACT, false);
        return List.of(
                new Goal(
                        "expiring a million, to the best peer with timers",
                        Quantity.score(Cells.expiry(Subject.EXACT)),
                        peers(Subject::canExpireOnDemand, Cells::expiry),
                        true,
                        atLeast(5)),
                besideSweep("a million expire", expiring),
                besideSweep("a sweep finds a million kept alive", keptAlive),
                itself(
                        "p99.9 of a create while a sweep finds a million kept alive, µs",
                        new Quantity(keptAlive, LatencyBenchmark.BESIDE_SWEEP),
                        atMost(1_000)),
                itself(
                        "p99.9 of a create while a million expire, µs",
                        new Quantity(expiring, LatencyBenchmark.BESIDE_SWEEP),
                        Bound.none()),
                itself(
                        "the longest create while a sweep finds a million kept alive, median of sweeps, µs",
                        new Quantity(keptAlive, LatencyBenchmark.LONGEST_BESIDE_SWEEP),
                        atMost(1_000)),
                new Goal(
                        "a sweep before any timer has come, among a million to among a thousand, its time",
                        Quantity.score(Cells.sweep(Subject.EXACT, Cells.MANY)),
                        List.of(Quantity.score(Cells.sweep(Subject.EXACT, Cells.FEW))),
                        false,
                        atMost(1.5)),
                itself(
                        "a transport with one session gone, 1 M, default shards, ns",
                        new Quantity(Cells.gone(Subject.EXACT, Cells.MANY, 0), TransportGoneBenchmark.NANOS),
                        atMost(2_000)),
                itself(
                        "a transport with one session gone, 1 M, 1,024 shards, ns",
                        new Quantity(Cells.gone(Subject.EXACT, Cells.MANY, MOST_SHARDS), TransportGoneBenchmark.NANOS),
                        atMost(2_000)));
    }

    private static Goal besideSweep(String what, Cell requests) {
        return new Goal(
                "p99.9 of a create while " + what + ", to that of an idle manager, medians of sweeps",
                new Quantity(requests, LatencyBenchmark.OF_SWEEPS),
                List.of(new Quantity(requests, LatencyBenchmark.OF_IDLE_PHASES)),
                false,
                atMost(2));
    }

    private static List<Goal> memory() {
        return List.of(
                itself(
                        "bytes of a session among a million of one transport",
                        new Quantity(Cells.memory(Cells.MEMORY, Subject.EXACT, Cells.MANY), MemoryBenchmark.BYTES),
                        atMost(72)),
                heap("the smallest peer with timers", Subject::isPeerWithTimers),
                heap("the smallest map", MAPS::contains),
                itself(
                        "bytes of a session alone on its transport, the transport included",
                        new Quantity(
                                Cells.memory(Cells.MEMORY_ALONE, Subject.EXACT, Cells.MANY), MemoryBenchmark.BYTES),
                        atMost(200)));
    }

    private static Goal heap(String toWhat, Predicate<Subject> which) {
        return new Goal(
                "bytes of a session among a million of one transport, to " + toWhat,
                new Quantity(Cells.memory(Cells.MEMORY, Subject.EXACT, Cells.MANY), MemoryBenchmark.BYTES),
                Arrays.stream(Subject.values())
                        .filter(which)
                        .map(other ->
                                new Quantity(Cells.memory(Cells.MEMORY, other, Cells.MANY), MemoryBenchmark.BYTES))
                        .toList(),
                false,
                atMost(1));
    }

    private static Cell hot(Subject subject) {
        return Cells.write(subject, 1, SHARDS, CountBenchmark.HOT_LOOP);
    }

    private static Goal bestPeer(long live, Bound bound) {
        return new Goal(
                "create + destroy, " + live(live) + ", 1 thread, to the best peer with timers",
                Quantity.score(Cells.replace(Subject.EXACT, live, 1)),
                peers(Subject::isPeerWithTimers, peer -> Cells.replace(peer, live, 1)),
                false,
                bound);
    }

    private static List<Quantity> peers(Predicate<Subject> which, Function<Subject, Cell> cell) {
        return Arrays.stream(Subject.values())
                .filter(which)
                .map(cell)
                .map(Quantity::score)
                .toList();
    }

    private static Goal replace(String toWhat, Subject ours, Subject other, long live, int threads, Bound bound) {
        return speed(
                "create + destroy, " + live(live) + ", " + threads + (threads == 1 ? " thread" : " threads")
                        + (ours == Subject.EXACT_COARSE ? ", coarse clock" : "") + ", to " + toWhat,
                Cells.replace(ours, live, threads),
                Cells.replace(other, live, threads),
                bound);
    }

    private static Goal speed(String question, Cell ours, Cell other, Bound bound) {
        return new Goal(question, Quantity.score(ours), List.of(Quantity.score(other)), false, bound);
    }

    private static Goal itself(String question, Quantity ours, Bound bound) {
        return new Goal(question, ours, List.of(), false, bound);
    }

    private static String live(long live) {
        return live == Cells.FEW ? "1 k" : "1 M";
    }
}
