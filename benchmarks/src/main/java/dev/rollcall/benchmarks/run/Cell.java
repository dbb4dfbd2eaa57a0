package dev.rollcall.benchmarks.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One number to be measured.
 *
 * @param benchmark class and method or group, without the package
 * @param threads how many threads, or 0 for a group, which says so itself
 * @param params the benchmark's parameters
 */
record Cell(String benchmark, int threads, Map<String, String> params) {
    private static final String PACKAGE = "dev.rollcall.benchmarks.";

    static Cell of(String benchmark, int threads, String... namesAndValues) {
        Map<String, String> params = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Cell(benchmark, threads, params);
    }

    void addTo(ChainedOptionsBuilder options) {
        options.include("^" + Pattern.quote(PACKAGE + benchmark) + "$");
        if (threads > 0) {
            options.threads(threads);
        }
        params.forEach((name, value) -> options.param(name, value));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(benchmark);
        params.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return threads > 0 ? text.append(" threads=").append(threads).toString() : text.toString();
    }
}
