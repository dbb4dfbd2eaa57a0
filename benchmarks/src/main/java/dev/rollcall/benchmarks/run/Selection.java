package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.peers.Subject.Ability;
import dev.rollcall.benchmarks.results.Jvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is measured: the cells that answer the questions, and no others. */
final class Selection {
    private static final String FEW = "1000";
    private static final String MEDIUM = "300000";
    private static final String MANY = "1000000";
    private static final String TOO_MANY = "10000000";
    private static final List<String> LIVE = List.of(FEW, MANY);
    private static final List<Integer> THREADS = List.of(1, 2);
    private static final List<Subject> STRATEGIES = List.of(
            Subject.NONE,
            Subject.EXACT,
            Subject.ATOMIC,
            Subject.ADDER,
            Subject.TABLE,
            Subject.EXACT_COARSE,
            Subject.BARE_MAP);
    private static final List<Subject> GOALS = List.of(
            Subject.NONE,
            Subject.EXACT,
            Subject.EXACT_COARSE,
            Subject.BARE_MAP,
            Subject.LOCKED_MAP,
            Subject.NETTY_WHEEL);
    private static final List<Subject> RIVALS =
            Arrays.stream(Subject.values()).filter(Subject::isRival).toList();

    /** Of what is dear to measure and varies little. */
    private static final int FEW_PASSES = 2;

    private Selection() {}

    /** For the report's own short run: what exactness costs. */
    static List<Cell> report() {
        List<Cell> cells = new ArrayList<>();
        addLifecycle(cells, STRATEGIES);
        addLifecycleOfFew(cells);
        addKeepalive(cells);
        addCount(cells);
        return cells;
    }

    /**
     * For numbers to publish: every question, every peer. In the order of a pass: what is compared
     * with each other comes close together.
     */
    static List<Cell> campaign() {
        List<Cell> cells = new ArrayList<>();
        addLifecycle(cells, Stream.concat(STRATEGIES.stream(), RIVALS.stream()).toList());
        addLifecycleOfFew(cells);
        addKeepalive(cells);
        addKeepaliveOfRivals(cells);
        addCount(cells);
        addSweep(cells);
        addGoneAndClaim(cells);
        addExpiry(cells);
        addMemory(cells);
        addOtherCollector(cells);
        cells.removeIf(cell -> !cell.jvm().isAvailable());
        return cells;
    }

    private static void addLifecycle(List<Cell> cells, List<Subject> subjects) {
        for (String live : LIVE) {
            for (int threads : THREADS) {
                for (Subject subject : subjects) {
                    boolean isCompared = threads == 1 || GOALS.contains(subject);
                    cells.add(cell("LifecycleBenchmark.replace", threads, subject, live)
                            .passes(isCompared ? Cell.EVERY_PASS : FEW_PASSES));
                }
            }
        }
    }

    private static void addLifecycleOfFew(List<Cell> cells) {
        cells.add(cell("LifecycleBenchmark.replace", 1, Subject.EXACT_SECURE_IDS, FEW));
        for (Subject subject : List.of(Subject.NONE, Subject.EXACT, Subject.BARE_MAP)) {
            cells.add(cell("LifecycleBenchmark.createDestroy", 1, subject, FEW));
        }
    }

    private static void addKeepalive(List<Cell> cells) {
        cells.add(Cell.of("KeepaliveBenchmark.nanoTime", 1));
        for (String live : LIVE) {
            for (Subject subject : List.of(Subject.EXACT, Subject.EXACT_ALWAYS_WRITES, Subject.EXACT_COARSE)) {
                cells.add(cell("KeepaliveBenchmark.byHandle", 1, subject, live));
            }
            for (Subject subject :
                    List.of(Subject.EXACT, Subject.EXACT_ALWAYS_WRITES, Subject.EXACT_COARSE, Subject.BARE_MAP)) {
                for (int threads : THREADS) {
                    cells.add(cell("KeepaliveBenchmark.byId", threads, subject, live));
                }
            }
        }
    }

    private static void addKeepaliveOfRivals(List<Cell> cells) {
        for (String live : LIVE) {
            for (Subject subject : List.of(Subject.BARE_MAP, Subject.TOMCAT, Subject.VERTX)) {
                cells.add(cell("KeepaliveBenchmark.byHandle", 1, subject, live).passes(FEW_PASSES));
            }
            for (Subject subject : RIVALS) {
                cells.add(cell("KeepaliveBenchmark.byId", 1, subject, live).passes(FEW_PASSES));
            }
        }
    }

    private static void addCount(List<Cell> cells) {
        for (Subject subject :
                List.of(Subject.EXACT, Subject.ATOMIC, Subject.ADDER, Subject.TABLE, Subject.MAPPING_COUNT)) {
            for (String method : List.of("atRest", "unread", "underChurn")) {
                int threads = method.equals("atRest") ? 1 : 0;
                cells.add(Cell.of("CountBenchmark." + method, threads, "subject", subject.name(), "shards", "64"));
            }
        }
    }

    private static void addSweep(List<Cell> cells) {
        List<Subject> subjects = List.of(
                Subject.EXACT, Subject.LOCKED_MAP, Subject.CAFFEINE, Subject.TOMCAT, Subject.VERTX, Subject.JETTY);
        for (Subject subject : subjects) {
            int passes = subject.isRollcall() ? Cell.EVERY_PASS : 1;
            for (String live : LIVE) {
                cells.add(cell("SweepBenchmark.nothingDue", 1, subject, live).passes(passes));
            }
            if (subject.can(Ability.CLOCK)) {
                cells.add(cell("SweepBenchmark.nothingDue", 1, subject, TOO_MANY)
                        .in(Jvm.LARGE)
                        .passes(1));
                for (String live : List.of(FEW, MEDIUM)) {
                    cells.add(cell("SweepBenchmark.everythingKeptAlive", 1, subject, live)
                            .at(Pace.ROUNDS)
                            .passes(passes));
                }
            }
        }
    }

    private static void addGoneAndClaim(List<Cell> cells) {
        for (Subject subject : List.of(Subject.EXACT, Subject.LOCKED_MAP)) {
            for (String live : LIVE) {
                cells.add(cell("TransportGoneBenchmark.gone", 1, subject, live));
                for (int threads : THREADS) {
                    cells.add(
                            cell("ClaimBenchmark.claim", threads, subject, live).passes(FEW_PASSES));
                }
            }
        }
    }

    private static void addExpiry(List<Cell> cells) {
        // Not Jetty: a pass takes what its timers have handed over by then, however much that is.
        List<Subject> subjects = Stream.concat(Stream.of(Subject.EXACT), RIVALS.stream())
                .filter(subject -> subject != Subject.JETTY)
                .toList();
        for (Subject subject : subjects) {
            int passes = subject.isRollcall() ? Cell.EVERY_PASS : FEW_PASSES;
            cells.add(cell("ExpiryBenchmark.expireAll", 1, subject, MANY)
                    .at(Pace.SHOTS)
                    .passes(passes));
            cells.add(cell("LatencyBenchmark.requests", 1, subject, MANY)
                    .at(Pace.FEW_SHOTS)
                    .passes(subject.isRollcall() ? FEW_PASSES : 1));
        }
    }

    private static void addMemory(List<Cell> cells) {
        List<Subject> subjects = Stream.concat(Stream.of(Subject.EXACT, Subject.BARE_MAP), RIVALS.stream())
                .toList();
        for (Subject subject : subjects) {
            Cell cell = cell("MemoryBenchmark.populate", 1, subject, MANY)
                    .at(Pace.ONCE)
                    .passes(1);
            cells.add(cell);
            if (subject != Subject.TOMCAT && subject != Subject.VERTX && subject != Subject.JETTY) {
                cells.add(cell.in(Jvm.COMPACT));
            }
        }
        for (Subject subject : List.of(Subject.EXACT, Subject.BARE_MAP)) {
            Cell cell = cell("MemoryBenchmark.populate", 1, subject, TOO_MANY)
                    .at(Pace.ONCE)
                    .passes(1);
            cells.add(cell.in(Jvm.LARGE));
            cells.add(cell.in(Jvm.LARGE_COMPACT));
        }
    }

    private static void addOtherCollector(List<Cell> cells) {
        for (String live : LIVE) {
            for (Subject subject : List.of(Subject.EXACT, Subject.BARE_MAP)) {
                for (int threads : THREADS) {
                    cells.add(cell("LifecycleBenchmark.replace", threads, subject, live)
                            .in(Jvm.G1)
                            .passes(FEW_PASSES));
                }
                cells.add(cell("KeepaliveBenchmark.byId", 1, subject, live)
                        .in(Jvm.G1)
                        .passes(FEW_PASSES));
            }
        }
    }

    private static Cell cell(String method, int threads, Subject subject, String live) {
        return Cell.of(method, threads, "subject", subject.name(), "live", live);
    }
}
