package dev.rollcall.stress.mutants;

import dev.rollcall.stress.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a mutant, as it is written for machines.
 *
 * @param name the mutant
 * @param defect what is wrong with it
 * @param guarantees what it breaks
 * @param invariants the invariants and decisions of core that it violates
 * @param real why it is no invention
 * @param verdict passed or failed
 * @param catches one for each check that had to notice it
 * @param failures why it failed; empty if it passed
 */
record Judged(
        String name,
        String defect,
        List<Guarantee> guarantees,
        List<String> invariants,
        String real,
        String verdict,
        List<Catch> catches,
        List<String> failures) {
    /**
     * What one check made of it.
     *
     * @param by the check
     * @param caught whether it noticed
     * @param hits in how many samples
     * @param samples out of how many; 1 for a test
     * @param seconds how long it took
     * @param how what it saw, or why that does not count
     */
    record Catch(String by, boolean caught, long hits, long samples, double seconds, String how) {
        static Catch of(Catcher catcher, Finding finding) {
            double seconds = Math.round(10 * finding.seconds()) / 10.0;
            return new Catch(
                    catcher.name(), finding.isCaught(), finding.hits(), finding.samples(), seconds, finding.text());
        }
    }

    /** Never compiled, so nobody was asked. */
    static Judged invalid(Mutant mutant, String reason) {
        return of(mutant, List.of(), List.of(reason));
    }

    /** Passed if every check noticed. */
    static Judged of(Mutant mutant, Map<Catcher, Finding> findings) {
        List<Catch> catches = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        findings.forEach((catcher, finding) -> {
            catches.add(Catch.of(catcher, finding));
            if (!finding.isCaught()) {
                failures.add("not caught by " + catcher.name() + ": " + finding.text());
            }
        });
        return of(mutant, catches, failures);
    }

    private static Judged of(Mutant mutant, List<Catch> catches, List<String> failures) {
        return new Judged(
                mutant.name(),
                mutant.defect(),
                mutant.breaks(),
                mutant.invariants(),
                mutant.real(),
                failures.isEmpty() && !catches.isEmpty() ? "passed" : "failed",
                catches,
                failures);
    }

    boolean isPassed() {
        return verdict.equals("passed");
    }
}
