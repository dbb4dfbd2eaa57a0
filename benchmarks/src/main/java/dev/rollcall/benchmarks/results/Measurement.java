package dev.rollcall.benchmarks.results;

import dev.rollcall.benchmarks.peers.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One benchmark with one set of parameters, in the names that JMH writes.
 *
 * @param benchmark package, class and method or group
 * @param threads how many threads ran it
 * @param jvmArgs what its virtual machines were started with, or null
 * @param params its parameters, or null if it has none
 * @param primaryMetric its score
 * @param secondaryMetrics the scores of a group's methods, by method, and other figures, by name
 */
public record Measurement(
        String benchmark,
        int threads,
        List<String> jvmArgs,
        Map<String, String> params,
        Metric primaryMetric,
        Map<String, Metric> secondaryMetrics) {
    /** Never null params. */
    public Measurement {
        jvmArgs = jvmArgs == null ? List.of() : jvmArgs;
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

    /** In what virtual machine. */
    public Jvm jvm() {
        return Jvm.of(jvmArgs);
    }

    /** A figure besides the score. */
    public Optional<Metric> figure(String name) {
        return Optional.ofNullable(secondaryMetrics.get(name));
    }
}
