package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Measures a selection of cells for as long as there is time. */
public final class Campaign {
    private Campaign() {}

    /**
     * Measures and writes the results, after every pass, so that a run that is interrupted later is not
     * lost.
     *
     * @param seconds how long to measure
     * @param file where to
     * @return cells without a single fork that could be used
     */
    public static List<String> run(Selection selection, long seconds, Path file, PrintStream out) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        long built = Provenance.programMillis();
        Provenance start = Provenance.here(command(selection, seconds, file));
        out.println("Commit: " + start.commit());
        InterleavedRun run = new InterleavedRun(selection.plan(), seconds, Fork::run, out);
        while (run.pass()) {
            // Every fork reads the program anew.
            if (Provenance.programMillis() != built) {
                throw new IOException("the program was built again while it was measured");
            }
            run.results(start.untilNow()).write(file);
        }
        return missing(selection, ResultsFile.read(file));
    }

    /** As {@link #run}, but refuses to measure what nobody could check out. */
    public static List<String> ofCommit(Selection selection, long seconds, Path file, PrintStream out)
            throws IOException {
        Provenance here = Provenance.here("");
        if (!here.isOfACommit()) {
            return List.of("a campaign measures a commit, but this is " + here.commit()
                    + "; --allow-changes measures it all the same and marks the results");
        }
        if (Provenance.isProgramOlderThanCommit()) {
            return List.of("the program is older than commit " + here.commit() + "; build it again");
        }
        return run(selection, seconds, file, out);
    }

    private static String command(Selection selection, long seconds, Path file) {
        String option = selection == Selection.EVERYTHING
                ? ""
                : " --" + selection.name().toLowerCase(Locale.ROOT);
        return selection == Selection.REPORT
                ? "./mvnw -Preport verify"
                : "java -jar benchmarks/target/rollcall-benchmarks.jar measure " + file.getFileName() + option
                        + " --seconds " + seconds;
    }

    /** Cells of a selection that the results lack. */
    public static List<String> missing(Selection selection, ResultsFile file) {
        List<String> missing = new ArrayList<>();
        for (InterleavedRun.Planned planned : selection.plan()) {
            if (Stream.of(Series.SCORE, Series.far(Series.SCORE))
                    .flatMap(series -> file.passes(planned.cell(), series).stream())
                    .noneMatch(Objects::nonNull)) {
                missing.add(planned.cell() + " was not measured");
            }
        }
        return missing;
    }
}
