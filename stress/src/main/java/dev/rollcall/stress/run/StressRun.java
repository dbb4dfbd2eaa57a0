package dev.rollcall.stress.run;

import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.MuxCollector;
import org.openjdk.jcstress.infra.collectors.TestResultCollector;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;

/** One run of the matrix, from the list of tests to the verdict. */
public final class StressRun {
    private static final int SECONDS_PER_TEST = 4;

    /** What was starved by a busy machine, or a control that was not caught, runs once more, longer. */
    private static final int[] SECONDS_AGAIN = {3, 15};

    private static final int ITERATION_MILLIS = 5_000;

    /**
     * How many samples are made at a time: strides of samples between which the actors wait for one another. A test
     * cannot be shorter than one such round, before which jcstress runs six times as many to see whether there is
     * memory for them. With its own default of 10,240 that took longer than the test was given.
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
        List<JvmMode> modes = arguments.profile().modes();
        Path out = Files.createDirectories(arguments.out());
        terminal.printf(
                "jcstress: %d tests in %d JVM modes, %d seconds or more, on %s%n",
                tests.size(), modes.size(), budgetSeconds(arguments, tests.size()), Runtime.version());
        InProcessCollector collected = new InProcessCollector();
        Verdict verdict = Verdict.of(tests, Map.of(), modes.size());
        if (!tests.isEmpty()) {
            DiskWriteCollector disk =
                    new DiskWriteCollector(out.resolve("results.bin.gz").toString());
            TestResultCollector collector = MuxCollector.of(collected, disk);
            round(tests, modes, 1000L * budgetSeconds(arguments, tests.size()), out, terminal, collector);
            verdict = verdict(tests, modes, collected);
            for (int seconds : SECONDS_AGAIN) {
                List<StressTest> again = verdict.entries().stream()
                        .filter(Verdict.Entry::isShortOfSamples)
                        .map(Verdict.Entry::test)
                        .toList();
                if (!again.isEmpty()) {
                    terminal.printf("again, %d seconds each: %d tests%n", seconds, again.size());
                    round(again, List.of(JvmMode.TIERED), 1000L * seconds * again.size(), out, terminal, collector);
                    verdict = verdict(tests, modes, collected);
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

    private static void round(
            List<StressTest> tests,
            List<JvmMode> modes,
            long budgetMillis,
            Path out,
            PrintStream terminal,
            TestResultCollector collector)
            throws IOException {
        int runs = tests.size() * modes.size();
        boolean isInteractive = Optional.ofNullable(System.console())
                .filter(StressRun::isTerminal)
                .isPresent();
        Progress progress = new Progress(terminal, isInteractive, runs);
        Budget budget = new Budget(System.nanoTime() / 1_000_000, budgetMillis, runs);
        new MatrixRun(budget, out, progress, collector).run(tests, modes);
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

    private static Verdict verdict(List<StressTest> tests, List<JvmMode> modes, InProcessCollector collected) {
        return Verdict.of(tests, Observed.byName(collected.getTestResults()), modes.size());
    }

    /** A few tests need no whole budget, unless one was asked for. */
    private static int budgetSeconds(Arguments arguments, int tests) {
        int most = tests * arguments.profile().modes().size() * SECONDS_PER_TEST;
        return arguments.seconds() == 0 && arguments.profile() == Profile.SHORT
                ? Math.min(most, arguments.budgetSeconds())
                : arguments.budgetSeconds();
    }

    /** Options of jcstress for one test that may run so long. */
    static Options options(Path out, int millis) throws IOException {
        return options(out, millis, STRIDE_SIZE, STRIDE_COUNT);
    }

    /** The same, with strides of its own. */
    static Options options(Path out, int millis, int strideSize, int strideCount) throws IOException {
        int iterations = Math.max(1, millis / ITERATION_MILLIS);
        Options options = new Options(new String[] {
            "-r",
            out + "/",
            "-c",
            Integer.toString(Runtime.getRuntime().availableProcessors()),
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
            "false"
        });
        if (!options.parse()) {
            throw new IllegalStateException("jcstress refused its options");
        }
        return options;
    }
}
