package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.peers.Subject;
import java.util.ArrayList;
import java.util.List;

/** What the report measures: the cells that answer its questions, and no others. */
final class Selection {
    private static final String FEW = "1000";
    private static final String MANY = "1000000";
    private static final List<String> LIVE = List.of(FEW, MANY);
    private static final List<Integer> THREADS = List.of(1, 2);

    private Selection() {}

    /** In the order of a pass: what is compared with each other comes close together. */
    static List<Cell> report() {
        List<Cell> cells = new ArrayList<>();
        addLifecycle(cells);
        addKeepalive(cells);
        addCount(cells);
        return cells;
    }

    private static void addLifecycle(List<Cell> cells) {
        List<Subject> subjects =
                List.of(Subject.NONE, Subject.EXACT, Subject.ATOMIC, Subject.ADDER, Subject.TABLE, Subject.BARE_MAP);
        for (String live : LIVE) {
            for (int threads : THREADS) {
                for (Subject subject : subjects) {
                    cells.add(lifecycle("replace", threads, subject, live));
                }
            }
        }
        cells.add(lifecycle("replace", 1, Subject.EXACT_SECURE_IDS, FEW));
        cells.add(lifecycle("createDestroy", 1, Subject.NONE, FEW));
        cells.add(lifecycle("createDestroy", 1, Subject.EXACT, FEW));
        cells.add(lifecycle("createDestroy", 1, Subject.BARE_MAP, FEW));
    }

    private static void addKeepalive(List<Cell> cells) {
        cells.add(Cell.of("KeepaliveBenchmark.nanoTime", 1));
        for (String live : LIVE) {
            for (Subject subject : List.of(Subject.EXACT, Subject.EXACT_ALWAYS_WRITES)) {
                cells.add(keepalive("byHandle", 1, subject, live));
            }
            for (Subject subject : List.of(Subject.EXACT, Subject.EXACT_ALWAYS_WRITES, Subject.BARE_MAP)) {
                for (int threads : THREADS) {
                    cells.add(keepalive("byId", threads, subject, live));
                }
            }
        }
    }

    private static void addCount(List<Cell> cells) {
        for (Subject subject :
                List.of(Subject.EXACT, Subject.ATOMIC, Subject.ADDER, Subject.TABLE, Subject.MAPPING_COUNT)) {
            cells.add(count("atRest", 1, subject));
            cells.add(count("unread", 0, subject));
            cells.add(count("underChurn", 0, subject));
        }
    }

    private static Cell lifecycle(String method, int threads, Subject subject, String live) {
        return Cell.of("LifecycleBenchmark." + method, threads, "subject", subject.name(), "live", live);
    }

    private static Cell keepalive(String method, int threads, Subject subject, String live) {
        return Cell.of("KeepaliveBenchmark." + method, threads, "subject", subject.name(), "live", live);
    }

    private static Cell count(String method, int threads, Subject subject) {
        return Cell.of("CountBenchmark." + method, threads, "subject", subject.name(), "shards", "64");
    }
}
