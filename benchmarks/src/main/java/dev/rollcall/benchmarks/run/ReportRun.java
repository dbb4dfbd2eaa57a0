package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures what the report shows. */
public final class ReportRun {
    private static final int PASSES_OF_REPORT = 2;
    private static final int PASSES_OF_CAMPAIGN = 3;

    private ReportRun() {}

    /**
     * Measures what the report shows, briefly, and writes the results.
     *
     * @param seconds how long to measure
     * @param file where to
     * @return what went wrong, and cells without a result
     */
    public static List<String> run(long seconds, Path file, PrintStream out) throws IOException {
        return run(Selection.report(), PASSES_OF_REPORT, seconds, file, out);
    }

    /** Measures every question, for numbers to publish; otherwise as {@link #run}. */
    public static List<String> campaign(long seconds, Path file, PrintStream out) throws IOException {
        return run(Selection.campaign(), PASSES_OF_CAMPAIGN, seconds, file, out);
    }

    /**
     * Writes after every pass, so that a run that is interrupted later is not lost.
     */
    private static List<String> run(List<Cell> cells, int passes, long seconds, Path file, PrintStream out)
            throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String command = "java -jar benchmarks/target/rollcall-benchmarks.jar --measure " + file.getFileName()
                + " --seconds " + seconds;
        InterleavedRun run = new InterleavedRun(cells, passes, seconds, out);
        while (run.pass()) {
            ResultsFile.write(file, Provenance.here(command), run.results());
        }
        List<String> failures = new ArrayList<>(run.failures());
        failures.addAll(missing(cells, ResultsFile.read(file)));
        return failures;
    }

    /** What the report shows and the results lack. */
    public static List<String> missing(ResultsFile file) {
        return missing(Selection.report(), file);
    }

    /** Cells that the results lack. */
    static List<String> missing(List<Cell> cells, ResultsFile file) {
        List<String> missing = new ArrayList<>();
        for (Cell cell : cells) {
            if (file.results().stream().noneMatch(cell::isMeasuredBy)) {
                missing.add(cell + " was not measured");
            }
        }
        return missing;
    }
}
