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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.TestConfig;

/**
 * The parent's side of one {@link TestHost}. A host that dies fails the test that it was running, and
 * so does one that hangs; what its threads were doing is then told.
 */
final class HostProcess implements Closeable {
    private final Process process;
    private final Path errors;
    private final DataOutputStream requests;
    private final DataInputStream results;
    private Duration knownCpu = Duration.ZERO;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "test-host-reader");
        thread.setDaemon(true);
        return thread;
    });

    HostProcess(List<String> arguments, Path directives, Path errors, String classPath) throws IOException {
        this(arguments, directives, errors, classPath, TestHost.class);
    }

    HostProcess(List<String> arguments, Path directives, Path errors, String classPath, Class<?> main)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmMode.commonArguments());
        command.addAll(arguments);
        // Standard output is for results.
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"));
        // The default limit is for files written by hand.
        command.add("-XX:CompilerDirectivesLimit=1000000");
        command.add("-XX:CompilerDirectivesFile=" + directives);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        this.errors = errors;
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.results = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Runs one test. The result may be a failure of the host; null if it must run again. */
    TestResult run(TestConfig config) {
        try {
            new ForkedTestConfig(config).write(requests);
            requests.flush();
        } catch (IOException failure) {
            return failed(failure.toString(), List.of());
        }
        Duration given = Duration.ofMillis((long) config.iters * config.time);
        return result(new Patience(System.nanoTime(), cpu(), given));
    }

    /**
     * The result of the test that was asked for, or what became of the host; null if jcstress ran out of
     * time, by the clock, while nothing ran: that says nothing about the test.
     */
    TestResult result(Patience patience) {
        TestResult result = await(patience);
        if (result.status() != Status.TIMEOUT_ERROR) {
            return result;
        }
        // It has left threads behind, and is about to end.
        process.destroyForcibly().onExit().join();
        return patience.isSuspended() ? null : result;
    }

    private TestResult await(Patience patience) {
        Future<TestResult> result = reader.submit(() -> new TestResult(results));
        while (true) {
            try {
                TestResult known = result.get(1, TimeUnit.SECONDS);
                patience.exhausted(System.nanoTime(), cpu());
                return known;
            } catch (TimeoutException notYet) {
                Optional<String> exhausted = patience.exhausted(System.nanoTime(), cpu());
                if (exhausted.isPresent()) {
                    return failed(exhausted.get(), StackDump.append(process.pid(), errors));
                }
            } catch (ExecutionException failure) {
                return failed(failure.getCause().toString(), List.of());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return failed(interrupted.toString(), List.of());
            }
        }
    }

    /** The processor time that the host has used; once it has ended, what was known last. */
    Duration cpu() {
        knownCpu = process.info().totalCpuDuration().orElse(knownCpu);
        return knownCpu;
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

    private TestResult failed(String failure, List<String> stacks) {
        process.destroyForcibly().onExit().join();
        TestResult result = new TestResult(Status.VM_ERROR);
        result.addMessage("test host failed: " + failure);
        if (!stacks.isEmpty()) {
            result.addMessages(stacks);
            result.addMessage("all threads: " + errors);
            return result;
        }
        try {
            List<String> lines = Files.readAllLines(errors);
            result.addMessages(lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return result;
    }
}
