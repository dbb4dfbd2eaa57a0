package dev.rollcall.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The verdict over all kinds of evidence, for the end of a build. */
public final class EvidenceSummary {
    private EvidenceSummary() {}

    /**
     * Prints a line for each kind, and one for all.
     *
     * @param stressResults where jcstress' results are, in the stress module's target folder
     * @param known what else failed
     * @return what failed; what was not run is no failure
     */
    public static List<String> print(Path stressResults, List<String> known, PrintStream out) throws IOException {
        List<String> failures = new ArrayList<>();
        Optional<VerdictFile> verdict =
                JsonFile.readIfThere(stressResults.resolve(Report.VERDICT), VerdictFile.class, failures);
        verdict.ifPresent(file -> failures.addAll(file.reasons()));
        List<Evidence> kinds = EvidenceFiles.read(stressResults, verdict, failures);
        out.printf("%n%-35s %-8s %s%n", "evidence", "verdict", "controls caught");
        long caught = 0;
        long controls = 0;
        for (Evidence kind : kinds) {
            boolean isRun = kind.status() != Evidence.Status.NOT_RUN;
            out.printf(
                    Locale.ROOT,
                    "%-35s %-8s %s%n",
                    kind.kind().title(),
                    isRun ? kind.status() : "not run",
                    kind.caught());
            caught += Evidence.caught(kind.controls());
            controls += kind.controls().size();
        }
        long passed = count(kinds, Evidence.Status.PASSED);
        long failed = count(kinds, Evidence.Status.FAILED);
        out.printf(
                Locale.ROOT,
                "%n%s: %d of %d kinds of evidence passed, %d failed, %d not run; %d of %d controls caught.%n",
                failed > 0 || !known.isEmpty() ? "FAILED" : "PASSED",
                passed,
                kinds.size(),
                failed,
                kinds.size() - passed - failed,
                caught,
                controls);
        return failed > 0 ? failures : List.of();
    }

    private static long count(List<Evidence> kinds, Evidence.Status status) {
        return kinds.stream().filter(kind -> kind.status() == status).count();
    }
}
