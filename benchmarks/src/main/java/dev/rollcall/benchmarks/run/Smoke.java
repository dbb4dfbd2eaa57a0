package dev.rollcall.benchmarks.run;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, with every subject, just long enough to see that it works. */
public final class Smoke {
    private static final String LIVE = "100";
    private static final String SHARDS = "8";

    private Smoke() {}

    /**
     * Runs.
     *
     * @return what is wrong; empty if every benchmark gave results
     */
    public static List<String> run(PrintStream out) throws RunnerException {
        long start = System.nanoTime();
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .param("live", LIVE)
                        .param("shards", SHARDS)
                        .forks(1)
                        .jvmArgsPrepend(ForkOptions.quiet())
                        .jvmArgsAppend("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(10))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        List<String> failures = failures(listed(), results);
        out.printf(
                "Benchmark smoke: %d results of %d benchmarks in %d s%n",
                results.size(), listed().size(), (System.nanoTime() - start) / 1_000_000_000);
        failures.forEach(failure -> out.println("FAILED  " + failure));
        return failures;
    }

    /** The benchmarks that the annotation processor found. */
    static Set<String> listed() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> failures(Set<String> listed, Collection<RunResult> results) {
        if (listed.isEmpty()) {
            return List.of("there are no benchmarks");
        }
        Set<String> missing = new TreeSet<>(listed);
        results.stream()
                .filter(result -> result.getPrimaryResult().getScore() > 0)
                .forEach(result -> missing.remove(result.getParams().getBenchmark()));
        return missing.stream().map(name -> name + " gave no result").toList();
    }
}
