package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.ArrayList;
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
        public Mutant {
            guarantees = JsonFile.orEmpty(guarantees);
            invariants = JsonFile.orEmpty(invariants);
            catches = JsonFile.orEmpty(catches);
            failures = JsonFile.orEmpty(failures);
        }

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

    public MutantsFile {
        mutants = JsonFile.orEmpty(mutants);
    }

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
        List<String> reasons = new ArrayList<>();
        mutants.stream().filter(mutant -> !mutant.isPassed()).forEach(mutant -> {
            String why = mutant.failures().isEmpty() ? "failed" : String.join("; ", mutant.failures());
            reasons.add("mutant " + mutant.name() + ": " + why);
        });
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("mutants: " + failed + " failed");
        }
        return reasons;
    }
}
