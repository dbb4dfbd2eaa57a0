package dev.rollcall.benchmarks.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.rollcall.benchmarks.peers.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * A file of results: {@code {"run": provenance, "results": what JMH writes}}.
 *
 * @param run where the numbers come from
 * @param results the numbers
 */
public record ResultsFile(Provenance run, List<Measurement> results) {
    /** The figure of what an operation allocates, in JMH's name. */
    public static final String GARBAGE = "gc.alloc.rate.norm";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Nothing measured. */
    public static ResultsFile none() {
        return new ResultsFile(new Provenance("", "", "", "", ""), List.of());
    }

    /** Reads a file that {@link #write} wrote. */
    public static ResultsFile read(Path file) throws IOException {
        ResultsFile read;
        try {
            read = GSON.fromJson(Files.readString(file), ResultsFile.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is no results file: " + e.getMessage(), e);
        }
        if (read == null || read.run() == null || read.results() == null) {
            throw new IOException(file + " is no results file: it needs \"run\" and \"results\"");
        }
        return read;
    }

    /** Writes JMH's results as JMH does, with their provenance. */
    public static void write(Path file, Provenance run, Collection<RunResult> results) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(written, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        }
        JsonArray jmh =
                JsonParser.parseString(written.toString(StandardCharsets.UTF_8)).getAsJsonArray();
        JsonObject root = new JsonObject();
        root.add("run", GSON.toJsonTree(run));
        jmh.forEach(each -> thin(each.getAsJsonObject()));
        root.add("results", jmh);
        Files.writeString(file, GSON.toJson(root) + "\n");
    }

    /** The measurement of a subject in the usual virtual machine, if there is one. */
    public Optional<Measurement> find(String method, Subject subject, long live, int threads) {
        return find(method, subject, live, threads, Jvm.PARALLEL);
    }

    /** The measurement of a subject, if there is one. */
    public Optional<Measurement> find(String method, Subject subject, long live, int threads, Jvm jvm) {
        return results.stream()
                .filter(each -> each.method().equals(method) && each.jvm() == jvm)
                .filter(each -> each.subject() == subject && each.live() == live && each.threads() == threads)
                .findFirst();
    }

    /**
     * Takes out what says nothing about the numbers (where a JVM is installed) or says it twice: the
     * percentiles of a few iterations; the histogram of samples, of which the percentiles stay; the
     * collector's rates, of which the garbage per operation stays.
     */
    private static void thin(JsonObject result) {
        result.remove("jvm");
        thinMetric(result.getAsJsonObject("primaryMetric"));
        JsonObject secondary = result.getAsJsonObject("secondaryMetrics");
        List.copyOf(secondary.keySet()).stream()
                .filter(name -> name.startsWith("gc.") && !name.equals(GARBAGE))
                .forEach(secondary::remove);
        secondary.keySet().forEach(name -> thinMetric(secondary.getAsJsonObject(name)));
    }

    private static void thinMetric(JsonObject metric) {
        metric.remove(metric.has("rawData") ? "scorePercentiles" : "rawDataHistogram");
    }
}
