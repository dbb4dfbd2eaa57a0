package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the check of the litmus tests wrote.
 *
 * @param passed how many programs came out as they had to
 * @param failed how many did not
 * @param seconds the whole check
 * @param programs the programs
 */
record LitmusFile(int passed, int failed, double seconds, List<Program> programs) {
    /**
     * One program.
     *
     * @param kind calibration, sound, or weaker
     * @param test the litmus test
     * @param variant what is weaker; empty if nothing is
     * @param verdict passed or failed
     * @param expected the models that must allow what must never be
     * @param found those that do
     */
    record Program(
            String kind, String test, String variant, String verdict, List<String> expected, List<String> found) {
        Program {
            expected = JsonFile.orEmpty(expected);
            found = JsonFile.orEmpty(found);
        }

        boolean isPassed() {
            return "passed".equals(verdict);
        }

        String name() {
            return variant.isEmpty() ? test : test + ": " + variant;
        }
    }

    LitmusFile {
        programs = JsonFile.orEmpty(programs);
    }

    List<Program> of(String kind) {
        return programs.stream().filter(program -> program.kind().equals(kind)).toList();
    }

    /** The variants that some model must allow. */
    List<Program> refuted() {
        return of("weaker").stream()
                .filter(program -> !program.expected().isEmpty())
                .toList();
    }

    /** How many variants are as good as the code. */
    int couldBeWeaker() {
        return of("weaker").size() - refuted().size();
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        programs.stream()
                .filter(program -> !program.isPassed())
                .forEach(program -> reasons.add("litmus test " + program.name() + ": allowed by " + program.found()
                        + ", expected " + program.expected()));
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("litmus tests: " + failed + " programs failed");
        }
        if (of("sound").isEmpty() || of("calibration").isEmpty()) {
            reasons.add("litmus tests: none of the code, or no calibration, was checked");
        }
        return reasons;
    }
}
