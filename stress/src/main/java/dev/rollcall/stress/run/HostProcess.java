package dev.rollcall.stress.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.TestConfig;

/** The parent's side of one {@link TestHost}. A host that dies fails the test that it was running. */
final class HostProcess implements Closeable {
    /** Beyond jcstress' own limit for a test that hangs. */
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final DataOutputStream requests;
    private final DataInputStream results;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "test-host-reader");
        thread.setDaemon(true);
        return thread;
    });

    HostProcess(List<String> arguments, Path directives, Path errors, String classPath) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmMode.commonArguments());
        command.addAll(arguments);
        // Standard output is for results.
        command.add("-XX:+DisplayVMOutputToStderr");
        // The default limit is for files written by hand.
        command.add("-XX:CompilerDirectivesLimit=1000000");
        command.add("-XX:CompilerDirectivesFile=" + directives);
        command.add("-cp");
        command.add(classPath);
        command.add(TestHost.class.getName());
        this.errors = errors;
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.results = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Runs one test. The result may be a failure of the host. */
    TestResult run(TestConfig config) {
        try {
            new ForkedTestConfig(config).write(requests);
            requests.flush();
            return reader.submit(() -> new TestResult(results))
                    .get(PATIENCE_SECONDS + (long) config.iters * config.time / 1000, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException failure) {
            return failed(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(interrupted);
        }
    }

    /** Whether it can take another test. */
    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException alreadyGone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        reader.shutdownNow();
    }

    private TestResult failed(Exception failure) {
        process.destroyForcibly().onExit().join();
        TestResult result = new TestResult(Status.VM_ERROR);
        result.addMessage("test host failed: " + failure);
        try {
            List<String> lines = Files.readAllLines(errors);
            result.addMessages(lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return result;
    }
}
