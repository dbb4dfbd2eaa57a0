package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;

/** What the check of the litmus tests wrote. */
public record LitmusFile(int failed, double seconds, List<Program> programs) implements EvidenceFile {
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
    public record Program(
            String kind, String test, String variant, String verdict, List<String> expected, List<String> found) {
        boolean isPassed() {
            return "passed".equals(verdict);
        }

        String name() {
            return variant.isEmpty() ? test : test + ": " + variant;
        }
    }

    private List<Program> of(String kind) {
        return programs.stream().filter(program -> program.kind().equals(kind)).toList();
    }

    @Override
    public String amount() {
        return of("sound").size() + " orders of the code, " + of("calibration").size()
                + " calibrations of the models; "
                + of("weaker").stream()
                        .filter(program -> program.expected().isEmpty())
                        .count() + " accesses could be weaker as far as a single order is concerned";
    }

    /** The variants that some model must allow. */
    @Override
    public List<Control> controls() {
        return of("weaker").stream()
                .filter(program -> !program.expected().isEmpty())
                .map(program ->
                        new Control(program.name(), program.isPassed(), "by " + String.join(", ", program.found())))
                .toList();
    }

    @Override
    public List<String> reasons() {
        List<String> reasons = JsonFile.reasons(
                programs.stream()
                        .filter(program -> !program.isPassed())
                        .map(program -> "litmus test " + program.name() + ": allowed by " + program.found()
                                + ", expected " + program.expected()),
                failed > 0,
                "litmus tests: " + failed + " programs failed");
        if (of("sound").isEmpty() || of("calibration").isEmpty()) {
            reasons.add("litmus tests: none of the code, or no calibration, was checked");
        }
        return reasons;
    }
}
