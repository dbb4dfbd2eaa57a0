package dev.rollcall.stress.drift;

import dev.rollcall.stress.check.AdapterFailure;
import dev.rollcall.stress.check.SubjectClass;
import dev.rollcall.stress.controls.JanusSessions.Policy;
import dev.rollcall.stress.drift.Replayed.Demand;
import dev.rollcall.stress.subjects.Shipped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Replays the historical drift for Janus 1.3.0, for its published fix and for Rollcall: a
 * {@linkplain Day day} on one thread, then {@linkplain EndingRace destroy racing timeout} on two.
 *
 * <p>A race that has not yet shown what it must goes on for longer than it was given. Red if a historical defect did not
 * show or Rollcall drifted.
 */
@Command(
        name = "drift",
        header = "Replays a day of a gateway and a race, for the historical counters and for Rollcall. Takes seconds.",
        sortOptions = false)
public final class DriftReplay implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-s", "--subject"},
            paramLabel = "NAME|CLASS",
            split = ",",
            description = "Any other manager, as in the command check; it must not drift. Repeatable.")
    private List<String> subjects = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write what was measured, as JSON.")
    private Path out;

    private long seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats a day. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    /** Made by the command line. */
    public DriftReplay() {}

    /** Checks what it is given. */
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "The length of all races together, in seconds. Default: ${DEFAULT-VALUE}.",
            defaultValue = "6")
    void setSeconds(long seconds) {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1: " + seconds);
        }
        this.seconds = seconds;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<SubjectClass> others = subjects.stream().map(this::other).toList();
        List<Replayed> all = replayAll(others);
        DriftTable.print(System.out, all);
        if (out != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
            Files.writeString(out, DriftJson.of(all, seed));
        }
        return report(System.out, all) ? 0 : 1;
    }

    private List<Replayed> replayAll(List<SubjectClass> others) throws InterruptedException {
        System.out.println("Drift replay: seed " + seed + ", " + seconds + " s of races");
        long nanosEach = TimeUnit.SECONDS.toNanos(seconds) / (3 + others.size());
        List<Replayed> all = new ArrayList<>();
        all.add(replay("Janus 1.3.0", Demand.FORGETS, () -> new JanusSubject(Policy.JANUS_1_3_0), nanosEach));
        all.add(replay(
                "Published fix", Demand.COUNTS_DOWN_TWICE, () -> new JanusSubject(Policy.PUBLISHED_FIX), nanosEach));
        all.add(replay("Rollcall", Demand.EXACT, RollcallSubject::new, nanosEach));
        for (SubjectClass other : others) {
            all.add(replay(
                    other.type().getSimpleName(), Demand.NO_DRIFT, () -> new AnySubject(other.open()), nanosEach));
        }
        return all;
    }

    private SubjectClass other(String name) {
        try {
            SubjectClass type = SubjectClass.named(Shipped.named(name)
                    .map(shipped -> shipped.adapter().getName())
                    .orElse(name));
            if (!isReplayable(type)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--subject " + name
                                + ": the replay needs a manager that keeps a session alive when the timeout of"
                                + " another has passed, in time that the adapter moves");
            }
            return type;
        } catch (AdapterFailure failure) {
            throw new ParameterException(
                    spec.commandLine(), "--subject " + name + ": " + failure.getMessage(), failure);
        }
    }

    private static boolean isReplayable(SubjectClass type) {
        AnySubject subject = new AnySubject(type.open());
        try {
            return subject.isReplayable();
        } finally {
            subject.close();
        }
    }

    private Replayed replay(String name, Demand demand, Supplier<DriftSubject> maker, long nanos)
            throws InterruptedException {
        try (DriftSubject forDay = maker.get();
                DriftSubject forRace = maker.get()) {
            Day day = Day.replay(forDay, seed);
            EndingRace race = EndingRace.run(forRace, seed, nanos, demand::isShownBy);
            return new Replayed(name, demand, day, race);
        }
    }

    /** Says what was not as demanded; true if all was. */
    static boolean report(PrintStream out, List<Replayed> all) {
        List<String> failures =
                all.stream().flatMap(each -> each.failures().stream()).toList();
        failures.forEach(failure -> out.println("FAILED  " + failure));
        if (failures.isEmpty()) {
            out.println("Both historical defects showed; no other count drifted.");
        }
        return failures.isEmpty();
    }
}
