package dev.rollcall.stress.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.CPUMap;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.util.Environment;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs some tests one after the other in a virtual machine that is told, by system properties, what they are about. If
 * it dies, the next test gets a new one.
 */
public final class SubjectRun implements Closeable {
    private static final int STRIDE_SIZE = 64;
    private static final int STRIDE_COUNT = 4;

    private final List<String> properties;
    private final boolean isOneAtATime;
    private final Path out;
    private final Path errors;
    private final Path directives;
    private final Scheduler scheduler =
            new Scheduler(Topology.get(), Runtime.getRuntime().availableProcessors());
    private HostProcess host;

    /**
     * Prepares.
     *
     * @param tests jcstress' names of all tests that are going to run
     * @param properties arguments of the virtual machine
     * @param isOneAtATime whether a sample must be over before the next one begins; else some hundred are made,
     *     run and judged together
     * @param out where logs go
     */
    public SubjectRun(List<String> tests, List<String> properties, boolean isOneAtATime, Path out) throws IOException {
        this.properties = List.copyOf(properties);
        this.isOneAtATime = isOneAtATime;
        this.out = Files.createDirectories(out);
        this.errors = out.resolve("host.log");
        Files.deleteIfExists(errors);
        this.directives = out.resolve("directives.txt");
        List<TestConfig> configs = new ArrayList<>();
        for (String test : tests) {
            configs.add(config(test, 1));
        }
        Files.writeString(directives, MatrixRun.directives(configs));
    }

    /** The names of all tests in a package. */
    public static List<String> testsIn(Package races) {
        return Stream.of(TestList.tests().toArray(String[]::new))
                .filter(name -> name.startsWith(races.getName() + '.'))
                .sorted()
                .toList();
    }

    /** Runs one test for so long, and a little more. */
    public Observed run(String test, int millis) throws IOException {
        TestConfig config = config(test, millis);
        TestResult result;
        do {
            if (host == null || !host.isAlive()) {
                close();
                host = new HostProcess(arguments(), directives, errors, System.getProperty("java.class.path"));
            }
            result = host.run(config);
        } while (result == null);
        result.setConfig(config);
        result.setEnv(Environment.getInstance());
        return Observed.byName(List.of(result)).get(test);
    }

    private List<String> arguments() {
        return Stream.concat(JvmMode.TIERED.arguments().stream(), properties.stream())
                .toList();
    }

    private TestConfig config(String test, int millis) throws IOException {
        TestInfo info = TestList.getInfo(test);
        Options options =
                StressRun.options(out, millis, isOneAtATime ? 1 : STRIDE_SIZE, isOneAtATime ? 1 : STRIDE_COUNT);
        List<SchedulingClass> classes = scheduler.scheduleClasses(
                info.threads(), Runtime.getRuntime().availableProcessors(), AffinityMode.NONE);
        if (classes.isEmpty()) {
            throw new IOException("races need two processors");
        }
        TestConfig config =
                new TestConfig(options, info, 0, JvmMode.TIERED.arguments(), CompileMode.UNIFIED, classes.get(0));
        CPUMap map = scheduler.tryAcquire(classes.get(0));
        config.setCPUMap(map);
        scheduler.release(map);
        return config;
    }

    @Override
    public void close() {
        if (host != null) {
            host.close();
            host = null;
        }
    }
}
