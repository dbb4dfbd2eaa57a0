package dev.rollcall.benchmarks.run;

import dev.rollcall.benchmarks.figures.FiguresProfiler;
import dev.rollcall.benchmarks.peers.Subject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once, with every subject, just long enough to see that it works: with the
 * manager in a fork, as it is measured, with all others in this virtual machine, which is quicker.
 */
public final class Smoke {
    private static final String LIVE = "100";
    private static final String SHARDS = "8";
    private static final String READS = "1000";
    private static final String SWEEPS = "1";
    private static final String WARM_UPS = "1";

    private Smoke() {}

    /**
     * Runs.
     *
     * @return what is wrong; empty if every benchmark gave results
     */
    public static List<String> run(PrintStream out) throws RunnerException {
        // Nothing is measured, so other runs may go on beside it.
        System.setProperty("jmh.ignoreLock", "true");
        long start = System.nanoTime();
        Collection<RunResult> results = new ArrayList<>();
        for (BenchmarkListEntry entry : entries()) {
            List<String> subjects = subjects(entry);
            boolean forked = subjects.remove(Subject.EXACT.name());
            if (forked || subjects.isEmpty()) {
                results.addAll(run(entry, 1, forked ? List.of(Subject.EXACT.name()) : List.of()));
            }
            if (!subjects.isEmpty()) {
                results.addAll(run(entry, 0, subjects));
            }
        }
        List<String> failures = failures(listed(), results);
        out.printf(
                "Benchmark smoke: %d results of %d benchmarks in %d s%n",
                results.size(), listed().size(), (System.nanoTime() - start) / 1_000_000_000);
        return failures;
    }

    private static Collection<RunResult> run(BenchmarkListEntry entry, int forks, List<String> subjects)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(entry.getUsername()) + "$")
                .param("live", LIVE)
                .param("shards", SHARDS)
                .param("reads", READS)
                .param("sweeps", SWEEPS)
                .param("warmUps", WARM_UPS)
                .addProfiler(FiguresProfiler.class)
                .forks(forks)
                .jvmArgsPrepend(ForkOptions.quiet())
                .jvmArgsAppend("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (!subjects.isEmpty()) {
            options.param("subject", subjects.toArray(String[]::new));
        }
        return new Runner(options.build()).run();
    }

    /** The benchmarks that the annotation processor found. */
    public static Set<String> listed() {
        return entries().stream().map(BenchmarkListEntry::getUsername).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<BenchmarkListEntry> entries() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
    }

    /** The subjects that a benchmark names; none if it measures none. */
    private static List<String> subjects(BenchmarkListEntry entry) {
        String[] named = entry.getParams().orElse(Map.of()).get("subject");
        return named == null ? new ArrayList<>() : new ArrayList<>(List.of(named));
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
