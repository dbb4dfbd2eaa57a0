package dev.rollcall.stress.storm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** What came of a storm, as a table and as JSON. */
final class Outcome {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Storm storm;

    Outcome(Storm storm) {
        this.storm = storm;
    }

    private String verdict(Check check) {
        if (!storm.isMade(check)) {
            return "not made";
        }
        return storm.holds(check) ? "passed" : storm.tally().failed(check) == 0 ? "NEVER MADE" : "FAILED";
    }

    String table() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> what : storm.tally().happened().entrySet()) {
            text.append(String.format(Locale.ROOT, "  %,12d %s%n", what.getValue(), words(what.getKey())));
        }
        for (Latency latency : storm.latencies()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  keepalive, %s: p50 %.0f µs, p99 %.0f µs, longest %.0f µs, of %,d%n",
                    latency.when(),
                    latency.p50Micros(),
                    latency.p99Micros(),
                    latency.maxMicros(),
                    latency.samples()));
        }
        text.append(String.format(Locale.ROOT, "  %-58s %10s %8s  verdict%n", "check", "held", "failed"));
        for (Check check : Check.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-58s %,10d %,8d  %s%n",
                    check.claim(),
                    storm.tally().passed(check),
                    storm.tally().failed(check),
                    verdict(check)));
            storm.tally()
                    .violations(check)
                    .forEach(what -> text.append("      ").append(what).append(System.lineSeparator()));
        }
        return text.append(
                        storm.hasPassed()
                                ? "storm: passed"
                                : "storm: FAILED, again: java -jar stress/target/rollcall-stress.jar storm --seed "
                                        + storm.plan().seed())
                .append(System.lineSeparator())
                .toString();
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    String json() {
        StormPlan plan = storm.plan();
        ObjectNode json = JSON.createObjectNode();
        long passed = 0;
        long failed = 0;
        ArrayNode checks = JSON.createArrayNode();
        for (Check check : Check.values()) {
            passed += storm.tally().passed(check);
            failed += storm.tally().failed(check);
            ObjectNode one = checks.addObject()
                    .put("name", check.name())
                    .put("claim", check.claim())
                    .put("verdict", verdict(check))
                    .put("passed", storm.tally().passed(check))
                    .put("failed", storm.tally().failed(check));
            ArrayNode violations = one.putArray("violations");
            storm.tally().violations(check).forEach(violations::add);
        }
        json.put("passed", passed)
                .put("failed", failed)
                .put("green", storm.hasPassed())
                .put("seed", plan.seed())
                .put("seconds", plan.length().toSeconds())
                .put("clients", plan.clients())
                .put("crowd", plan.crowd())
                .put("gateway", plan.url() == null ? "own" : plan.url().toString());
        ObjectNode happened = json.putObject("happened");
        storm.tally().happened().forEach(happened::put);
        json.set("checks", checks);
        ArrayNode latencies = json.putArray("latency");
        for (Latency latency : storm.latencies()) {
            latencies
                    .addObject()
                    .put("when", latency.when())
                    .put("samples", latency.samples())
                    .put("p50Micros", latency.p50Micros())
                    .put("p99Micros", latency.p99Micros())
                    .put("maxMicros", latency.maxMicros());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
