package dev.rollcall.stress.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;

/**
 * The JVM in which tests run, one after the other: takes one test's configuration at a time from
 * standard input and answers with its result on standard output. jcstress' own fork runs one test
 * and exits; starting as many JVMs as there are tests would cost more time than the tests.
 */
public final class TestHost {
    private TestHost() {}

    /**
     * Serves until its input ends, or until a test leaves threads behind.
     *
     * @throws IOException if the parent process is gone
     */
    public static void main(String[] args) throws IOException {
        DataInputStream requests = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream results = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        boolean clean = true;
        while (clean) {
            ForkedTestConfig config;
            try {
                config = new HostedConfig(requests);
            } catch (EOFException done) {
                break;
            }
            clean = run(config, results);
        }
        // Stale threads of a test that timed out must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static boolean run(ForkedTestConfig config, DataOutputStream results) throws IOException {
        TestResult result;
        boolean clean = true;
        try {
            Runner<?> runner = Class.forName(config.generatedRunnerName)
                    .asSubclass(Runner.class)
                    .getConstructor(ForkedTestConfig.class)
                    .newInstance(config);
            result = runner.run();
            clean = !runner.forceExit();
            if (result.status() == Status.TIMEOUT_ERROR) {
                addStacks(result);
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException failure) {
            // Not the test's, of which the runner catches what its actors and its arbiter throw.
            result = new TestResult(Status.VM_ERROR);
            result.addMessages(failure);
        }
        result.write(results);
        results.flush();
        return clean;
    }

    /** What the actors were doing when jcstress lost patience with them. */
    private static void addStacks(TestResult result) {
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (Arrays.stream(frames).anyMatch(frame -> frame.getClassName().startsWith(StressTest.ROOT))) {
                result.addMessage(thread.getName() + ' ' + thread.getState());
                result.addMessages(
                        Arrays.stream(frames).map(StackTraceElement::toString).toList());
            }
        });
    }
}
