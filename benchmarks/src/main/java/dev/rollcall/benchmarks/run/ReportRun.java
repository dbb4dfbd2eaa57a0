package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what the report shows. */
public final class ReportRun {
    private ReportRun() {}

    /**
     * Measures and writes the results.
     *
     * @param seconds how long to measure
     * @param file where to
     * @return cells without a result
     */
    public static List<String> run(long seconds, Path file, PrintStream out) throws RunnerException, IOException {
        List<Cell> cells = Selection.report();
        InterleavedRun run = new InterleavedRun(cells, seconds, out);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Collection<RunResult> results = run.run();
        ResultsFile.write(
                file,
                Provenance.here("java -jar benchmarks/target/rollcall-benchmarks.jar --measure " + file.getFileName()
                        + " --seconds " + seconds),
                results);
        return missing(cells, ResultsFile.read(file));
    }

    /** What the report shows and the results lack. */
    public static List<String> missing(ResultsFile file) {
        return missing(Selection.report(), file);
    }

    /** Cells that the results lack. */
    static List<String> missing(List<Cell> cells, ResultsFile file) {
        List<String> missing = new ArrayList<>();
        for (Cell cell : cells) {
            boolean found = file.results().stream()
                    .anyMatch(each -> each.method().equals(cell.benchmark())
                            && (cell.threads() == 0 || each.threads() == cell.threads())
                            && each.params()
                                    .entrySet()
                                    .containsAll(cell.params().entrySet()));
            if (!found) {
                missing.add(cell + " was not measured");
            }
        }
        return missing;
    }
}
