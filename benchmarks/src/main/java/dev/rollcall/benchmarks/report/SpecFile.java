package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the check of the formal specification wrote.
 *
 * @param passed how many models came out as they had to
 * @param failed how many did not
 * @param profile which models there were
 * @param seconds the whole check
 * @param models the models
 */
record SpecFile(int passed, int failed, String profile, double seconds, List<Model> models) {
    /**
     * One model.
     *
     * @param name its name
     * @param kind sound, or a variant that must be refuted
     * @param story what it is about
     * @param verdict passed or failed
     * @param expected what TLC had to say
     * @param found what it said
     * @param states the distinct states it reached
     */
    record Model(String name, String kind, String story, String verdict, String expected, String found, long states) {
        boolean isPassed() {
            return "passed".equals(verdict);
        }

        boolean isVariant() {
            return "variant".equals(kind);
        }
    }

    SpecFile {
        models = JsonFile.orEmpty(models);
    }

    List<Model> sound() {
        return models.stream().filter(model -> !model.isVariant()).toList();
    }

    List<Model> variants() {
        return models.stream().filter(Model::isVariant).toList();
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        models.stream()
                .filter(model -> !model.isPassed())
                .forEach(model -> reasons.add(
                        "specification, " + model.name() + ": " + model.found() + ", expected " + model.expected()));
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("specification: " + failed + " models failed");
        }
        if (sound().isEmpty() || variants().isEmpty()) {
            reasons.add("specification: no sound model or no variant was checked");
        }
        return reasons;
    }
}
