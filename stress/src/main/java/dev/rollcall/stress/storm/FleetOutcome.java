package dev.rollcall.stress.storm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a storm over a fleet, for people and for the report.
 *
 * @param green whether every check was made and held
 * @param seconds how long it took
 * @param nodes how many gateways there were
 * @param kills how often one was killed
 * @param stops how often one was stopped for a while
 * @param partitions how often one was cut off
 * @param limit how many sessions all may have
 * @param mostHeld how many clients held at once
 * @param happened how often what happened
 * @param checks the checks
 */
record FleetOutcome(
        boolean green,
        double seconds,
        int nodes,
        int kills,
        int stops,
        int partitions,
        long limit,
        long mostHeld,
        Map<String, Long> happened,
        List<Checked> checks) {
    /**
     * What came of a check.
     *
     * @param name which
     * @param claim what it checks
     * @param held whether it was made and held each time
     * @param passed how often it held
     * @param violations the first
     */
    record Checked(String name, String claim, boolean held, long passed, List<String> violations) {
        static Checked of(FleetCheck check, FleetLedger ledger) {
            return new Checked(
                    check.name(), check.claim(), ledger.holds(check), ledger.passed(check), ledger.failures(check));
        }
    }

    static FleetOutcome of(FleetPlan plan, FleetLedger ledger, double seconds) {
        List<Checked> checks = new ArrayList<>();
        for (FleetCheck check : FleetCheck.values()) {
            checks.add(Checked.of(check, ledger));
        }
        return new FleetOutcome(
                checks.stream().allMatch(Checked::held),
                seconds,
                plan.nodes(),
                plan.kills(),
                plan.stops(),
                plan.partitions(),
                plan.limit(),
                ledger.mostHeld(),
                ledger.happened(),
                checks);
    }

    /** Line by line, the verdict last. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Checked check : checks) {
            lines.add((check.held ? "passed  " : "FAILED  ") + check.claim + " (" + check.passed + ")");
            check.violations.forEach(violation -> lines.add("        " + violation));
        }
        lines.add("at most " + mostHeld + " sessions held at once, the limit is " + limit);
        lines.add("happened: " + happened);
        lines.add("fleet: " + (green ? "passed" : "FAILED"));
        return lines;
    }

    String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
