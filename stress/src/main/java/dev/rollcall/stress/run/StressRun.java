package dev.rollcall.stress.run;

import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;

/** One run of the matrix, from the list of tests to the verdict. */
public final class StressRun {
    private static final int SECONDS_PER_TEST = 4;

    /** What lacks samples, an order or a control's anomaly runs once more, longer, in the modes in which it does. */
    private static final int[] SECONDS_AGAIN = {3, 15};

    private static final int ITERATION_MILLIS = 5_000;

    /**
     * How many samples are made at a time: strides of samples between which the actors wait for one another. A test
     * cannot be shorter than one such round, before which {@link HostedConfig} runs twice as many to see whether there
     * is memory for them.
     */
    private static final int STRIDE_SIZE = 64;

    private static final int STRIDE_COUNT = 16;

    private StressRun() {}

    /**
     * Runs, judges, writes and tells.
     *
     * @return whether the verdict is green
     * @throws IOException if results cannot be written
     */
    public static boolean run(Arguments arguments, PrintStream terminal) throws IOException {
        long start = System.nanoTime();
        List<StressTest> tests = StressTest.matching(arguments.tests());
        List<String> missing = Pinned.missing(StressTest.all()).stream()
                .filter(name -> arguments.tests().matcher(name).find())
                .toList();
        List<JvmMode> modes = arguments.profile().modes();
        Path out = Files.createDirectories(arguments.out());
        terminal.printf("jcstress: %d tests in %d JVM modes on %s%n", tests.size(), modes.size(), Runtime.version());
        InProcessCollector collected = new InProcessCollector();
        Verdict verdict = Verdict.of(tests, missing, Map.of(), modes);
        if (!tests.isEmpty()) {
            DiskWriteCollector disk =
                    new DiskWriteCollector(out.resolve("results.bin.gz").toString());
            Results results = new Results(collected, disk);
            Map<JvmMode, List<StressTest>> all = new EnumMap<>(JvmMode.class);
            modes.stream().filter(mode -> mode != JvmMode.OWN_FORKS).forEach(mode -> all.put(mode, tests));
            round(all, 1000L * budgetSeconds(arguments, tests.size()), out, terminal, results);
            if (modes.contains(JvmMode.OWN_FORKS)) {
                new ForkedRun(out, terminal, results).run(tests);
            }
            verdict = Verdict.of(tests, missing, results.observed(), modes);
            for (int seconds : SECONDS_AGAIN) {
                Map<JvmMode, List<StressTest>> again = again(verdict);
                if (!again.isEmpty()) {
                    terminal.printf("%nagain, %d seconds each: %d runs%n", seconds, runs(again));
                    verdict.entries().stream()
                            .filter(entry -> !entry.again().isEmpty())
                            .forEach(entry ->
                                    terminal.println("  " + entry.test().shortName() + ": " + entry.failures()));
                    round(again, 1000L * seconds * runs(again), out, terminal, results);
                    verdict = Verdict.of(tests, missing, results.observed(), modes);
                }
            }
            disk.close();
            new HTMLReportPrinter(options(out, 1), collected, new PrintStream(OutputStream.nullOutputStream())).work();
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        Files.writeString(out.resolve("verdict.json"), VerdictJson.of(verdict, arguments.profile(), seconds));
        Summary.print(verdict, terminal);
        terminal.printf("%d seconds; details in %s%n", seconds, out.resolve("index.html"));
        return verdict.isGreen();
    }

    private static Map<JvmMode, List<StressTest>> again(Verdict verdict) {
        Map<JvmMode, List<StressTest>> again = new EnumMap<>(JvmMode.class);
        for (Verdict.Entry entry : verdict.entries()) {
            for (JvmMode mode : entry.again()) {
                if (mode != JvmMode.OWN_FORKS) {
                    again.computeIfAbsent(mode, any -> new ArrayList<>()).add(entry.test());
                }
            }
        }
        return again;
    }

    private static int runs(Map<JvmMode, List<StressTest>> tests) {
        return tests.values().stream().mapToInt(List::size).sum();
    }

    private static void round(
            Map<JvmMode, List<StressTest>> tests, long budgetMillis, Path out, PrintStream terminal, Results results)
            throws IOException {
        int runs = runs(tests);
        boolean isInteractive = Optional.ofNullable(System.console())
                .filter(StressRun::isTerminal)
                .isPresent();
        Progress progress = new Progress(terminal, isInteractive, runs);
        long now = System.nanoTime() / 1_000_000;
        Budget budget = new Budget(now, budgetMillis, runs);
        terminal.printf(
                "%d seconds asked for, %s expected on a quiet machine%n",
                budgetMillis / 1000, Progress.text(budget.left(now)));
        MatrixRun matrix = new MatrixRun(budget, out, progress, results);
        for (Map.Entry<JvmMode, List<StressTest>> mode : tests.entrySet()) {
            matrix.run(mode.getValue(), List.of(mode.getKey()));
        }
    }

    /** On JDK 22 to 24 there is a console even without a terminal; since 22 it says which. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (ReflectiveOperationException failure) {
            return false;
        }
    }

    /** A few tests need no whole budget, unless one was asked for. */
    private static int budgetSeconds(Arguments arguments, int tests) {
        int most = tests * arguments.profile().modes().size() * SECONDS_PER_TEST;
        return arguments.seconds() == 0 && arguments.profile() == Profile.SHORT
                ? Math.min(most, arguments.budgetSeconds())
                : arguments.budgetSeconds();
    }

    /**
     * Options of jcstress for one test that may run so long.
     *
     * @param more other options
     */
    static Options options(Path out, int millis, String... more) throws IOException {
        return options(out, millis, STRIDE_SIZE, STRIDE_COUNT, more);
    }

    /** The same, with strides of its own. */
    static Options options(Path out, int millis, int strideSize, int strideCount, String... more) throws IOException {
        int iterations = Math.max(1, millis / ITERATION_MILLIS);
        List<String> all = new ArrayList<>(List.of(
                "-r",
                out + "/",
                "-time",
                Integer.toString(millis / iterations),
                "-iters",
                Integer.toString(iterations),
                "-f",
                "1",
                "-strideSize",
                Integer.toString(strideSize),
                "-strideCount",
                Integer.toString(strideCount),
                "-hs",
                "256",
                "-sc",
                "false"));
        all.addAll(List.of(more));
        Options options = new Options(all.toArray(String[]::new));
        if (!options.parse()) {
            throw new IllegalStateException("jcstress refused its options");
        }
        return options;
    }
}
