package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.ArrayList;
import java.util.List;

/**
 * What the storm over several gateways wrote.
 *
 * @param green whether every check was made and held
 * @param nodes how many gateways there were
 * @param kills how often one was killed
 * @param stops how often one was stopped for a while
 * @param partitions how often one was cut off
 * @param limit how many sessions all may have
 * @param mostHeld how many clients held at once
 * @param checks the checks
 */
record FleetFile(
        boolean green,
        double seconds,
        int nodes,
        int kills,
        int stops,
        int partitions,
        long limit,
        long mostHeld,
        List<Check> checks)
        implements EvidenceFile {
    /** The check that the control is wrong. */
    private static final String CONTROL = "CONTROL";

    /**
     * A check.
     *
     * @param name its name
     * @param claim what it checks
     * @param held whether it was made and held each time
     * @param passed how often it held
     * @param violations the first
     */
    record Check(String name, String claim, boolean held, long passed, List<String> violations) {
        boolean isControl() {
            return name.equals(CONTROL);
        }
    }

    @Override
    public String amount() {
        long passed = checks.stream().mapToLong(Check::passed).sum();
        return nodes + " gateways, " + kills + " kills, " + stops + " stops, " + partitions + " partitions; at most "
                + Numbers.grouped(mostHeld) + " of " + Numbers.grouped(limit) + " sessions held, "
                + Numbers.grouped(passed) + " checks";
    }

    @Override
    public List<Control> controls() {
        return checks.stream()
                .filter(Check::isControl)
                .map(check -> new Control("shared counter", check.held(), "wrong " + check.passed() + " times"))
                .toList();
    }

    @Override
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>(JsonFile.reasons(
                checks.stream()
                        .filter(check -> !check.held() && !check.isControl())
                        .map(check -> "fleet, " + check.claim() + ": "
                                + (check.passed() == 0
                                        ? "never made "
                                        : check.violations().stream()
                                                .findFirst()
                                                .orElse(""))),
                !green,
                "fleet: not green"));
        if (checks.size() < 2) {
            reasons.add("fleet: nothing was checked");
        }
        return reasons;
    }
}
