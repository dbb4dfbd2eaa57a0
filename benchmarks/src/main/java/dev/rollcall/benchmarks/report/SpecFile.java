package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;

/** What the check of the formal specification wrote. */
public record SpecFile(int failed, String profile, double seconds, List<Model> models) implements EvidenceFile {
    /**
     * One model.
     *
     * @param kind sound, or a variant that must be refuted
     * @param verdict passed or failed
     * @param expected what TLC had to say
     * @param found what it said
     * @param states the distinct states it reached
     */
    public record Model(String name, String kind, String verdict, String expected, String found, long states) {
        boolean isPassed() {
            return "passed".equals(verdict);
        }

        boolean isVariant() {
            return "variant".equals(kind);
        }
    }

    private List<Model> sound() {
        return models.stream().filter(model -> !model.isVariant()).toList();
    }

    @Override
    public String amount() {
        long states = sound().stream().mapToLong(Model::states).sum();
        return sound().size() + " sound models, " + Numbers.grouped(states) + " states, profile " + profile;
    }

    @Override
    public List<Control> controls() {
        return models.stream()
                .filter(Model::isVariant)
                .map(model -> new Control(model.name(), model.isPassed(), "by " + model.found()))
                .toList();
    }

    @Override
    public List<String> reasons() {
        List<String> reasons = JsonFile.reasons(
                models.stream()
                        .filter(model -> !model.isPassed())
                        .map(model -> "specification, " + model.name() + ": " + model.found() + ", expected "
                                + model.expected()),
                failed > 0,
                "specification: " + failed + " models failed");
        if (sound().isEmpty() || controls().isEmpty()) {
            reasons.add("specification: no sound model or no variant was checked");
        }
        return reasons;
    }
}
