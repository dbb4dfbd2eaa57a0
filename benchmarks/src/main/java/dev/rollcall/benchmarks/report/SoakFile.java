package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;
import java.util.Map;

/**
 * What the soak wrote.
 *
 * @param passed checks that held
 * @param failed checks that did not
 * @param seed repeats the managers and each thread's choices
 * @param defect the control, or NONE
 * @param managers how many it used up
 * @param happened how often what happened
 * @param violations the failed checks
 */
public record SoakFile(
        long passed,
        long failed,
        long seed,
        double seconds,
        String defect,
        long managers,
        Map<String, Long> happened,
        List<String> violations)
        implements EvidenceFile {
    private long sessions() {
        return happened.getOrDefault("CREATED", 0L);
    }

    @Override
    public String amount() {
        return Numbers.grouped(sessions()) + " sessions on " + Numbers.grouped(managers) + " managers, "
                + Numbers.grouped(passed) + " checks, seed " + seed;
    }

    /** None: they are tests. */
    @Override
    public List<Control> controls() {
        return List.of();
    }

    @Override
    public List<String> reasons() {
        List<String> reasons = JsonFile.reasons(
                violations.stream().map(violation -> "soak: " + violation),
                failed > 0,
                "soak: " + failed + " checks failed");
        if (passed == 0 || sessions() == 0) {
            reasons.add("soak: nothing was checked");
        }
        if (!"NONE".equals(defect)) {
            reasons.add("soak: of a control, " + defect + ", not of the manager");
        }
        return reasons;
    }
}
