package dev.rollcall.micrometer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape in Prometheus' text format 0.0.4, parsed strictly: every line is a HELP, a TYPE or a
 * sample, the samples of a family follow its TYPE without a gap, and no sample comes twice.
 */
public final class PrometheusText {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|summary|histogram|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (NaN|[-+]?Inf|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Map<Map<String, String>, Double>> samples = new TreeMap<>();
    private final Set<String> helps = new HashSet<>();
    private String family = "";

    private PrometheusText() {}

    /** Fails on text that Prometheus would not take, and on a family or sample that comes twice. */
    public static PrometheusText parse(String text) {
        PrometheusText parsed = new PrometheusText();
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        text.lines().forEach(parsed::line);
        return parsed;
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            require(helps.add(help.group(1)), "a second help", line);
        } else if (type.matches()) {
            family = type.group(1);
            require(types.put(family, type.group(2)) == null, "a second type", line);
        } else {
            require(sample.matches(), "no sample", line);
            String name = sample.group(1);
            require(name.startsWith(family), "of no family, or of another one", line);
            Map<String, String> labels = labels(sample.group(3), line);
            Double former = samples.computeIfAbsent(name, key -> new LinkedHashMap<>())
                    .put(labels, Double.valueOf(sample.group(4).replace("Inf", "Infinity")));
            require(former == null, "a sample twice", line);
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        require(text == null || end == text.length(), "labels that are none", line);
        return labels;
    }

    private static void require(boolean holds, String otherwise, String line) {
        if (!holds) {
            throw new AssertionError(otherwise + ": " + line);
        }
    }

    /** Type by family. */
    public Map<String, String> types() {
        return types;
    }

    /** The samples of a name, by their labels; none if there is no such name. */
    public Map<Map<String, String>, Double> samples(String name) {
        return samples.getOrDefault(name, Map.of());
    }

    /** The sum of a name's samples; fails if there is none. */
    public long sum(String name) {
        require(samples.containsKey(name), "no sample of", name);
        return (long)
                samples(name).values().stream().mapToDouble(value -> value).sum();
    }
}
