package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the storm on the gateway wrote.
 *
 * @param passed how often a check held
 * @param failed how often one did not
 * @param green whether every check was made and held
 * @param seed of all choices
 * @param seconds how long it raged
 * @param clients how many acted at once
 * @param crowd how many sessions lived beside them
 * @param happened how often what happened
 * @param checks the checks
 * @param latency how long keepalives took
 */
record StormFile(
        long passed,
        long failed,
        boolean green,
        long seed,
        long seconds,
        int clients,
        long crowd,
        Map<String, Long> happened,
        List<Check> checks,
        List<Latency> latency) {
    /**
     * A check.
     *
     * @param name its name
     * @param claim what it checks
     * @param verdict passed, or why not
     * @param violations the first
     */
    record Check(String name, String claim, String verdict, List<String> violations) {}

    /**
     * How long a keepalive took over a WebSocket.
     *
     * @param when what else went on
     * @param p50Micros half took no longer
     * @param p99Micros one in a hundred took longer
     */
    record Latency(String when, double p50Micros, double p99Micros) {
        String text() {
            return String.format(Locale.ROOT, "%s %.2f ms (p99 %.2f)", when, p50Micros / 1e3, p99Micros / 1e3);
        }
    }

    StormFile {
        happened = happened == null ? Map.of() : happened;
        checks = JsonFile.orEmpty(checks);
        latency = JsonFile.orEmpty(latency);
    }

    String amount() {
        StringBuilder text = new StringBuilder();
        text.append(Html.number(happened.getOrDefault("sockets", 0L))).append(" sockets, ");
        text.append(Html.number(happened.getOrDefault("sessions created", 0L))).append(" sessions, ");
        text.append(Html.number(happened.getOrDefault("sessions that belong to nobody", 0L)))
                .append(" left over, ");
        text.append(Html.number(passed)).append(" checks, seed ").append(seed);
        if (crowd > 0) {
            text.append("; a keepalive beside ").append(Html.number(crowd)).append(" sessions: ");
            text.append(String.join(", ", latency.stream().map(Latency::text).toList()));
        }
        return text.toString();
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        checks.stream().filter(check -> !"passed".equals(check.verdict())).forEach(check -> {
            String first =
                    JsonFile.orEmpty(check.violations()).stream().findFirst().orElse("");
            reasons.add("storm, " + check.claim() + ": " + check.verdict() + " " + first);
        });
        if (!green && reasons.isEmpty()) {
            reasons.add("storm: not green");
        }
        if (checks.isEmpty() || passed == 0) {
            reasons.add("storm: nothing was checked");
        }
        return reasons;
    }
}
