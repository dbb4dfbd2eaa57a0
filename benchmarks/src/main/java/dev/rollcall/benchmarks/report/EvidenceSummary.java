package dev.rollcall.benchmarks.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The verdict over all kinds of evidence, for the end of a build. */
public final class EvidenceSummary {
    private EvidenceSummary() {}

    /** Prints a line for each kind, and one for all. */
    public static void print(Report.Written report, PrintStream out) {
        List<Evidence> kinds = report.evidence();
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
                report.failures().isEmpty() ? "PASSED" : "FAILED",
                passed,
                kinds.size(),
                failed,
                kinds.size() - passed - failed,
                caught,
                controls);
    }

    private static long count(List<Evidence> kinds, Evidence.Status status) {
        return kinds.stream().filter(kind -> kind.status() == status).count();
    }
}
