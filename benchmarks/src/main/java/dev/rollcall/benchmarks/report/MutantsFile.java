package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the mutants of core came to: defects that were put into the library by hand, each of which the
 * suite had to notice.
 *
 * @param passed how many were noticed by all that had to
 * @param failed how many were not
 * @param profile which of them there were
 * @param seconds the whole run
 * @param mutants the mutants
 */
record MutantsFile(int passed, int failed, String profile, double seconds, List<Mutant> mutants) {
    /**
     * One mutant.
     *
     * @param name its name
     * @param defect what is wrong with it
     * @param guarantees what it breaks
     * @param invariants the invariants and decisions of the library that it violates
     * @param real why it is no invention
     * @param verdict passed or failed
     * @param catches what each check made of it that had to notice it
     * @param failures why it failed
     */
    record Mutant(
            String name,
            String defect,
            List<String> guarantees,
            List<String> invariants,
            String real,
            String verdict,
            List<Catch> catches,
            List<String> failures) {
        Mutant {
            guarantees = JsonFile.orEmpty(guarantees);
            invariants = JsonFile.orEmpty(invariants);
            catches = JsonFile.orEmpty(catches);
            failures = JsonFile.orEmpty(failures);
        }

        boolean isPassed() {
            return "passed".equals(verdict) && !catches.isEmpty();
        }
    }

    /**
     * What one check made of one mutant.
     *
     * @param by the check
     * @param caught whether it noticed
     * @param hits in how many samples
     * @param samples out of how many; 1 for a test
     * @param seconds how long it took
     */
    record Catch(String by, boolean caught, long hits, long samples, double seconds) {
        /** How often it noticed, or how soon. */
        String rate() {
            if (!caught) {
                return "NOT CAUGHT";
            }
            return samples > 1 ? Html.number(hits) + " of " + Html.number(samples) + " samples" : "at once";
        }
    }

    MutantsFile {
        mutants = JsonFile.orEmpty(mutants);
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Mutant mutant : mutants) {
            if (!mutant.isPassed()) {
                String why = mutant.failures().isEmpty() ? "failed" : String.join("; ", mutant.failures());
                reasons.add("mutant " + mutant.name() + ": " + why);
            }
        }
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("mutants: " + failed + " failed");
        }
        return reasons;
    }
}
