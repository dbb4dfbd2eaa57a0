package dev.rollcall.stress.spec;

import dev.rollcall.stress.spec.Subject.Defect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replays runs of the real classes in the formal specification: every run of the manager must be
 * explained by a behaviour of {@code Rollcall.tla}, and of each defective manager some run must not
 * be. What comes of it is told as if each kind of manager were a model.
 */
final class ReplayCheck {
    private static final String NAME = "Recorded";

    /** What {@code Replay.tla} prints of a run. */
    private static final Pattern EXPLAINED = Pattern.compile("<<\"explained\", (\\d+)>>");

    private static final String INVARIANT = "Explained";

    private final Path spec;

    /** Of its own: TLC looks for modules beside the one that it is given. */
    private final Path directory;

    private final Map<Defect, List<RecordedRun>> recorded;

    /**
     * Records runs. When their operations meet is up to the processors, which should have nothing else to
     * do meanwhile.
     *
     * @param runs how many of the manager
     * @param defective how many of each defective one
     * @param seed of the operations
     */
    ReplayCheck(Path spec, Path out, int runs, int defective, long seed) throws IOException, InterruptedException {
        this.spec = spec;
        this.directory = Files.createDirectories(out.resolve("replay"));
        this.recorded = record(runs, defective, new Random(seed));
    }

    /** Replays what was recorded. */
    List<Checked> check() throws IOException, InterruptedException {
        List<RecordedRun> all = recorded.values().stream().flatMap(List::stream).toList();
        Checked checked = replay(all);
        Set<RecordedRun> explained = new HashSet<>();
        Matcher matcher = EXPLAINED.matcher(Files.readString(directory.resolve(NAME + ".txt")));
        while (matcher.find()) {
            explained.add(all.get(Integer.parseInt(matcher.group(1)) - 1));
        }
        List<Checked> results = new ArrayList<>();
        recorded.forEach((defect, list) -> {
            List<RecordedRun> unexplained =
                    list.stream().filter(run -> !explained.contains(run)).toList();
            results.add(result(defect, list, unexplained, checked));
        });
        List<RecordedRun> wrong = recorded.get(Defect.NONE).stream()
                .filter(run -> !explained.contains(run))
                .toList();
        Files.writeString(directory.resolve("unexplained.txt"), text(wrong));
        return results;
    }

    private static Map<Defect, List<RecordedRun>> record(int runs, int defective, Random random)
            throws InterruptedException {
        Map<Defect, List<RecordedRun>> recorded = new EnumMap<>(Defect.class);
        ExecutorService threads = Executors.newFixedThreadPool(RecordedRun.CLIENTS.size());
        try {
            for (Defect defect : Defect.values()) {
                List<RecordedRun> list = new ArrayList<>();
                int wanted = defect == Defect.NONE ? runs : defective;
                while (list.size() < wanted) {
                    list.add(RecordedRun.record(defect, random, threads));
                }
                recorded.put(defect, list);
            }
            return recorded;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a recorded operation failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Checked replay(List<RecordedRun> all) throws IOException, InterruptedException {
        try (Stream<Path> modules = Files.list(spec)) {
            for (Path module :
                    modules.filter(file -> file.toString().endsWith(".tla")).toList()) {
                Files.write(directory.resolve(module.getFileName()), Files.readAllBytes(module));
            }
        }
        Files.writeString(
                directory.resolve(NAME + ".tla"),
                "---- MODULE Recorded ----\nEXTENDS Replay\nRecordedRuns ==\n    <<" + text(all) + ">>\n====\n");
        String clients =
                RecordedRun.CLIENTS.stream().map(client -> '"' + client + '"').collect(Collectors.joining(", "));
        Path file = directory.resolve(NAME + ".cfg");
        Files.writeString(file, configuration(clients));
        Checked checked = new Tlc(directory, directory, 10).check(Model.parse(file, Files.readAllLines(file)), 1);
        if (!checked.passed()) {
            throw new IllegalStateException("no replay: " + checked.outcome().found() + ", see " + directory);
        }
        return checked;
    }

    private static String configuration(String clients) {
        return String.format(Locale.ROOT, """
                \\* module:  Recorded
                \\* profile: small
                \\* expect:  sound
                \\* story:   runs of the real classes

                SPECIFICATION ReplaySpec
                CHECK_DEADLOCK FALSE
                CONSTANTS
                    Runs <- RecordedRuns
                    FirstIds = {"a", "c"}
                    SecondIds = {"b"}
                    Incarnations = 4
                    Transports = {"t", "u"}
                    SessionTimeouts = {1}
                    ReclaimTimeouts = {1}
                    MaxTime = 9
                    LastActivity = 9
                    Lag = 0
                    Generations = 8
                    Limit = %d
                    Operations = {"create", "destroy", "claim", "gone", "close", "counts"}
                    Keepalives = {%s}
                    Observers = {%s}
                    Tries = 2
                    Defect = "none"
                    None = None
                INVARIANTS
                    Explained
                """, Subject.LIMIT, clients, clients);
    }

    private static String text(List<RecordedRun> runs) {
        return runs.stream().map(RecordedRun::toTla).collect(Collectors.joining(",\n    "));
    }

    private Checked result(Defect defect, List<RecordedRun> runs, List<RecordedRun> unexplained, Checked checked) {
        boolean isSound = defect == Defect.NONE;
        String name = "replay"
                + (isSound ? "" : '-' + defect.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        String story = runs.size() + " runs of " + (isSound ? "the real classes" : "a manager with a defect") + ", "
                + unexplained.size() + " of them without a behaviour that explains them";
        Model model = new Model(
                name,
                directory.resolve(NAME + ".cfg"),
                "Replay",
                false,
                isSound ? null : INVARIANT,
                story,
                List.of(INVARIANT),
                List.of());
        String found = unexplained.isEmpty() ? Outcome.NO_ERROR : INVARIANT;
        return new Checked(model, new Outcome(found, checked.outcome().states(), 0), checked.millis());
    }
}
