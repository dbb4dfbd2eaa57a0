package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the soak wrote.
 *
 * @param passed checks that held
 * @param failed checks that did not
 * @param seed repeats the managers and each thread's choices
 * @param seconds how long it worked
 * @param defect the control, or NONE
 * @param managers how many it used up
 * @param happened how often what happened
 * @param violations the failed checks
 */
record SoakFile(
        long passed,
        long failed,
        long seed,
        long seconds,
        String defect,
        long managers,
        Map<String, Long> happened,
        List<String> violations) {
    SoakFile {
        happened = happened == null ? Map.of() : happened;
        violations = JsonFile.orEmpty(violations);
    }

    long sessions() {
        return happened.getOrDefault("CREATED", 0L);
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        violations.forEach(violation -> reasons.add("soak: " + violation));
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("soak: " + failed + " checks failed");
        }
        if (passed == 0 || sessions() == 0) {
            reasons.add("soak: nothing was checked");
        }
        if (!"NONE".equals(defect)) {
            reasons.add("soak: of a control, " + defect + ", not of the manager");
        }
        return reasons;
    }
}
