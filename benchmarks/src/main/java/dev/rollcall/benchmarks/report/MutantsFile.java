package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;

/**
 * What the mutants of core came to: defects that were put into the library by hand, each of which the
 * suite had to notice.
 */
public record MutantsFile(int failed, String profile, double seconds, List<Mutant> mutants) implements EvidenceFile {
    /**
     * One mutant.
     *
     * @param defect what is wrong with it
     * @param guarantees what it breaks
     * @param invariants the invariants and decisions of the library that it violates
     * @param real why it is no invention
     * @param verdict passed or failed
     * @param catches what each check made of it that had to notice it
     * @param failures why it failed
     */
    public record Mutant(
            String name,
            String defect,
            List<String> guarantees,
            List<String> invariants,
            String real,
            String verdict,
            List<Catch> catches,
            List<String> failures) {
        /** Whether everything that had to notice it did. */
        public boolean isPassed() {
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
     */
    public record Catch(String by, boolean caught, long hits, long samples, double seconds) {}

    @Override
    public String amount() {
        long checks = mutants.stream()
                .flatMap(mutant -> mutant.catches().stream())
                .map(Catch::by)
                .distinct()
                .count();
        return mutants.size() + " defects, " + checks + " checks that have to notice them, profile " + profile;
    }

    @Override
    public List<Control> controls() {
        return mutants.stream()
                .map(mutant -> new Control(mutant.name(), mutant.isPassed(), mutant.defect()))
                .toList();
    }

    @Override
    public List<String> reasons() {
        return JsonFile.reasons(
                mutants.stream()
                        .filter(mutant -> !mutant.isPassed())
                        .map(mutant -> "mutant " + mutant.name() + ": "
                                + (mutant.failures().isEmpty() ? "failed" : String.join("; ", mutant.failures()))),
                failed > 0,
                "mutants: " + failed + " failed");
    }
}
