package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the storm on the gateway wrote.
 *
 * @param passed how often a check held
 * @param green whether every check was made and held
 * @param seed of all choices
 * @param crowd how many sessions lived beside the clients
 * @param happened how often what happened
 * @param checks the checks
 * @param latency how long keepalives took
 */
public record StormFile(
        long passed,
        boolean green,
        long seed,
        double seconds,
        long crowd,
        Map<String, Long> happened,
        List<Check> checks,
        List<Latency> latency)
        implements EvidenceFile {
    /**
     * A check.
     *
     * @param claim what it checks
     * @param verdict passed, or why not
     * @param violations the first
     */
    public record Check(String claim, String verdict, List<String> violations) {}

    /**
     * How long a keepalive took over a WebSocket.
     *
     * @param when what else went on
     * @param p50Micros half took no longer
     * @param p99Micros one in a hundred took longer
     */
    public record Latency(String when, double p50Micros, double p99Micros) {
        String text() {
            return String.format(Locale.ROOT, "%s %.2f ms (p99 %.2f)", when, p50Micros / 1e3, p99Micros / 1e3);
        }
    }

    private String count(String what) {
        return Numbers.grouped(happened.getOrDefault(what, 0L));
    }

    @Override
    public String amount() {
        return count("sockets") + " sockets, " + count("sessions created") + " sessions, "
                + count("sessions that belong to nobody") + " left over, " + Numbers.grouped(passed) + " checks, seed "
                + seed
                + (crowd == 0
                        ? ""
                        : latency.stream()
                                .map(Latency::text)
                                .collect(Collectors.joining(
                                        ", ", "; a keepalive beside " + Numbers.grouped(crowd) + " sessions: ", "")));
    }

    /** None: they are tests. */
    @Override
    public List<Control> controls() {
        return List.of();
    }

    @Override
    public List<String> reasons() {
        List<String> reasons = JsonFile.reasons(
                checks.stream()
                        .filter(check -> !"passed".equals(check.verdict()))
                        .map(check -> "storm, " + check.claim() + ": " + check.verdict() + " "
                                + check.violations().stream().findFirst().orElse("")),
                !green,
                "storm: not green");
        if (checks.isEmpty() || passed == 0) {
            reasons.add("storm: nothing was checked");
        }
        return reasons;
    }
}
