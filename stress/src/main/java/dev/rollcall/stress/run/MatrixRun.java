package dev.rollcall.stress.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Verbosity;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.collectors.TestResultCollector;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.util.Environment;

/** Runs every test in every JVM mode and hands each result to a collector. */
final class MatrixRun {
    private final Budget budget;
    private final Path out;
    private final TestConfigs configs;
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
        this.configs = new TestConfigs(out);
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
                progress.running(test.shortName(), mode, budget.left(begin));
                int millis = budget.next(begin);
                TestConfig config = configs.of(test, mode, millis);
                TestResult result = host.run(config);
                while (result == null) {
                    host.close();
                    host = new HostProcess(mode.arguments(), directives, errors, classPath);
                    result = host.run(config);
                }
                result.setConfig(config);
                result.setEnv(Environment.getInstance());
                collector.add(result);
                budget.spent(millis, nowMillis() - begin);
                progress.done();
            }
        } finally {
            host.close();
        }
    }

    private String directives(List<StressTest> tests, JvmMode mode) throws IOException {
        List<TestConfig> configs = new ArrayList<>();
        for (StressTest test : tests) {
            configs.add(this.configs.of(test, mode, 1));
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
