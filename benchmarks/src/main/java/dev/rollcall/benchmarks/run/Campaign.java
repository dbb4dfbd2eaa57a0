package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.run.InterleavedRun.Planned;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures cells for as long as there is time. */
public final class Campaign {
    /** What chooses it on the command line; empty if the main job does. */
    private final Optional<String> choice;

    private final List<Planned> plan;

    private Campaign(Optional<String> choice, List<Planned> plan) {
        this.choice = choice;
        this.plan = plan;
    }

    /** Of a selection. */
    public static Campaign of(Selection selection) {
        Optional<String> choice = switch (selection) {
            case REPORT -> Optional.empty();
            case EVERYTHING -> Optional.of("");
            default -> Optional.of(" --" + selection.name().toLowerCase(Locale.ROOT));
        };
        return new Campaign(choice, selection.plan());
    }

    /**
     * Of what the goals are about whose question the pattern is found in.
     *
     * @throws IllegalArgumentException if it is found in none
     */
    public static Campaign ofGoals(Pattern chosen) {
        List<Planned> plan = Selection.planOfGoals(chosen);
        if (plan.isEmpty()) {
            throw new IllegalArgumentException("no goal has '" + chosen + "' in its question");
        }
        return new Campaign(Optional.of(" --goal '" + chosen + '\''), plan);
    }

    /**
     * Measures and writes the results, after every pass, so that a run that is interrupted later is not
     * lost.
     *
     * @param seconds how long to measure
     * @param file where to
     * @return cells without a single fork that could be used
     */
    public List<String> run(long seconds, Path file, PrintStream out) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        long built = Provenance.programMillis();
        Provenance start = Provenance.here(command(seconds, file));
        out.println("Commit: " + start.commit());
        InterleavedRun run = new InterleavedRun(plan, seconds, Fork::run, out);
        while (run.pass()) {
            // Every fork reads the program anew.
            if (Provenance.programMillis() != built) {
                throw new IOException("the program was built again while it was measured");
            }
            run.results(start.untilNow()).write(file);
        }
        return missing(ResultsFile.read(file));
    }

    /** As {@link #run}, but refuses to measure what nobody could check out. */
    public List<String> ofCommit(long seconds, Path file, PrintStream out) throws IOException {
        Provenance here = Provenance.here("");
        if (!here.isOfACommit()) {
            return List.of("a campaign measures a commit, but this is " + here.commit()
                    + "; --allow-changes measures it all the same and marks the results");
        }
        if (Provenance.isProgramOlderThanCommit()) {
            return List.of("the program is older than commit " + here.commit() + "; build it again");
        }
        return run(seconds, file, out);
    }

    private String command(long seconds, Path file) {
        return choice.map(option -> "java -jar benchmarks/target/rollcall-benchmarks.jar measure " + file.getFileName()
                        + option + " --seconds " + seconds)
                .orElse("./mvnw -Preport verify");
    }

    /** Cells that the results lack. */
    public List<String> missing(ResultsFile file) {
        List<String> missing = new ArrayList<>();
        for (Planned planned : plan) {
            if (Stream.of(Series.SCORE, Series.far(Series.SCORE))
                    .flatMap(series -> file.passes(planned.cell(), series).stream())
                    .noneMatch(Objects::nonNull)) {
                missing.add(planned.cell() + " was not measured");
            }
        }
        return missing;
    }
}
