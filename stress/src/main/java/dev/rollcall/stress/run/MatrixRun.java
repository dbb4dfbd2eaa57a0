package dev.rollcall.stress.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.Verbosity;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.collectors.TestResultCollector;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.CPUMap;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.util.Environment;
import org.openjdk.jcstress.vm.CompileMode;

/** Runs every test in every JVM mode and hands each result to a collector. */
final class MatrixRun {
    private final Budget budget;
    private final Path out;
    private final Scheduler scheduler =
            new Scheduler(Topology.get(), Runtime.getRuntime().availableProcessors());
    private final Progress progress;
    private final TestResultCollector collector;
    private final String classPath;

    MatrixRun(Budget budget, Path out, Progress progress, TestResultCollector collector) {
        this(budget, out, progress, collector, System.getProperty("java.class.path"));
    }

    /** With a class path of its own for the JVMs that the tests run in. */
    MatrixRun(Budget budget, Path out, Progress progress, TestResultCollector collector, String classPath) {
        this.budget = budget;
        this.out = out;
        this.progress = progress;
        this.collector = collector;
        this.classPath = classPath;
    }

    void run(List<StressTest> tests, List<JvmMode> modes) throws IOException {
        for (JvmMode mode : modes) {
            Path directives = out.resolve("directives-" + mode + ".txt");
            Files.writeString(directives, directives(tests, mode));
            run(tests, mode, directives);
            Files.delete(directives);
        }
    }

    private void run(List<StressTest> tests, JvmMode mode, Path directives) throws IOException {
        Path errors = out.resolve("host-" + mode + ".log");
        HostProcess host = new HostProcess(mode.arguments(), directives, errors, classPath);
        try {
            for (StressTest test : tests) {
                if (!host.isAlive()) {
                    host.close();
                    host = new HostProcess(mode.arguments(), directives, errors, classPath);
                }
                long begin = nowMillis();
                progress.running(test.shortName(), mode, budget.leftMillis(begin));
                int millis = budget.next(begin);
                TestConfig config = config(test, mode, millis);
                if (config != null) {
                    TestResult result = host.run(config);
                    result.setConfig(config);
                    result.setEnv(Environment.getInstance());
                    collector.add(result);
                }
                budget.spent(millis, nowMillis() - begin);
                progress.done();
            }
        } finally {
            host.close();
        }
    }

    /** Null if there are not enough processors: the verdict will miss the test. */
    private TestConfig config(StressTest test, JvmMode mode, int millis) throws IOException {
        TestInfo info = TestList.getInfo(test.name());
        Options options = StressRun.options(out, millis);
        // No affinity: pinned threads lose to whatever else runs on their processor.
        List<SchedulingClass> classes =
                scheduler.scheduleClasses(info.threads(), options.getCPUCount(), AffinityMode.NONE);
        if (classes.isEmpty()) {
            return null;
        }
        TestConfig config = new TestConfig(options, info, 0, mode.arguments(), CompileMode.UNIFIED, classes.get(0));
        CPUMap map = scheduler.tryAcquire(classes.get(0));
        config.setCPUMap(map);
        scheduler.release(map);
        return config;
    }

    private String directives(List<StressTest> tests, JvmMode mode) throws IOException {
        List<TestConfig> configs = new ArrayList<>();
        for (StressTest test : tests) {
            TestConfig config = config(test, mode, 1);
            if (config != null) {
                configs.add(config);
            }
        }
        return directives(configs);
    }

    /** The compiler directives of all tests in one list: jcstress writes one list per test. */
    static String directives(List<TestConfig> configs) {
        StringBuilder all = new StringBuilder("[\n");
        for (TestConfig config : configs) {
            StringWriter one = new StringWriter();
            try (PrintWriter writer = new PrintWriter(one)) {
                config.generateDirectives(writer, new Verbosity(0));
            }
            // A short test must not spend its time waiting for the compiler.
            String list =
                    one.toString().replace("BackgroundCompilation: false,", "").strip();
            all.append(list, 1, list.length() - 1);
        }
        return all.append("]\n").toString();
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
