package dev.rollcall.benchmarks.results;

import dev.rollcall.benchmarks.peers.Subject;
import java.util.Map;

/**
 * One benchmark with one set of parameters, in the names that JMH writes.
 *
 * @param benchmark package, class and method or group
 * @param threads how many threads ran it
 * @param params its parameters, or null if it has none
 * @param primaryMetric its score
 * @param secondaryMetrics the scores of a group's methods, by method
 */
public record Measurement(
        String benchmark,
        int threads,
        Map<String, String> params,
        Metric primaryMetric,
        Map<String, Metric> secondaryMetrics) {
    /** Never null params. */
    public Measurement {
        params = params == null ? Map.of() : params;
        secondaryMetrics = secondaryMetrics == null ? Map.of() : secondaryMetrics;
    }

    /** Class and method. */
    public String method() {
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    }

    /** What was measured, or null for a benchmark that measures none. */
    public Subject subject() {
        String name = params.get("subject");
        return name == null ? null : Subject.valueOf(name);
    }

    /** How many sessions were live, 0 for a benchmark without. */
    public long live() {
        return Long.parseLong(params.getOrDefault("live", "0"));
    }
}
