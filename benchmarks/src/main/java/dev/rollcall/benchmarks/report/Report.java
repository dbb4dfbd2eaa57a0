package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the report together in its folder: {@code index.html} and the raw results beside it. The
 * drift replay and the benchmarks have left theirs there; the stress module's are copied.
 */
public final class Report {
    private static final String VERDICT = "verdict.json";

    private Report() {}

    /**
     * Writes the report.
     *
     * @param stressResults where jcstress' results are, in the stress module's target folder; what the
     *     other kinds of evidence left is found from there
     * @param out the report's folder
     * @param benchmarkFailures what went wrong with the benchmarks
     * @return what else makes the report red; empty if nothing does
     */
    public static List<String> write(Path stressResults, Path out, List<String> benchmarkFailures) throws IOException {
        Files.createDirectories(out);
        List<String> failures = new ArrayList<>();
        Optional<DriftFile> drift = JsonFile.read(out.resolve("drift.json"), DriftFile.class, failures);
        Optional<VerdictFile> verdict = JsonFile.read(stressResults.resolve(VERDICT), VerdictFile.class, failures);
        Optional<ResultsFile> prices = JsonFile.read(out.resolve("jmh.json"), ResultsFile.class, failures);
        Path checked = stressResults.resolveSibling("check");
        Optional<CheckFile> check = JsonFile.readIfThere(checked.resolve("check.json"), CheckFile.class, failures);
        check.ifPresent(file -> failures.addAll(file.reasons()));
        drift.ifPresent(file -> failures.addAll(file.reasons()));
        verdict.ifPresent(file -> failures.addAll(file.reasons()));
        // Broken or missing: a failure of its kind of evidence.
        Optional<MutantsFile> mutants = JsonFile.readIfThere(
                stressResults.resolveSibling(EvidenceFiles.MUTANTS), MutantsFile.class, new ArrayList<>());
        List<Evidence> evidence = EvidenceFiles.read(stressResults, verdict, failures);
        copyCheck(checked, out);
        boolean hasRawPages = copyStressResults(stressResults, out);
        List<String> all =
                Stream.concat(failures.stream(), benchmarkFailures.stream()).toList();
        Page page = new Page(evidence, drift, check, verdict, mutants, prices, all, hasRawPages);
        Files.writeString(out.resolve("index.html"), page.html());
        return failures;
    }

    private static void copyCheck(Path from, Path out) throws IOException {
        for (String name : List.of("check.html", "check.json")) {
            if (Files.isRegularFile(from.resolve(name))) {
                Files.copy(from.resolve(name), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** True if jcstress' own pages are among them. */
    private static boolean copyStressResults(Path from, Path out) throws IOException {
        if (!Files.isDirectory(from)) {
            return false;
        }
        Path to = out.resolve("jcstress");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path verdict = to.resolve(VERDICT);
        if (Files.exists(verdict)) {
            Files.move(verdict, out.resolve(VERDICT), StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.exists(to.resolve("index.html"));
    }
}
