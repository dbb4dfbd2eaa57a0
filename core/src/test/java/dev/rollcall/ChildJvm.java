package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, for what would harm the one that tests. */
final class ChildJvm {
    private static final long PATIENCE_SECONDS = 660;

    /** The child's own, the shorter, for it can tell where it hangs. On a busy machine it may be only slow. */
    private static final long CHILD_PATIENCE_SECONDS = 600;

    private ChildJvm() {}

    /** As {@link #run(Class, List, String...)}, with no options. */
    static String run(Class<?> main, String... arguments) throws Exception {
        return run(main, List.of(), arguments);
    }

    /** Fails with what the child printed, unless it exits with 0; returns what it printed. */
    static String run(Class<?> main, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-ea"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return java(command);
    }

    /** The same of any arguments of {@code java}. */
    static String java(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        File output = File.createTempFile("rollcall", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            boolean exited = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String printed = Files.readString(output.toPath());
            assertThat(exited).as("%s exited; it printed%n%s", command, printed).isTrue();
            assertThat(process.exitValue()).as("it printed%n%s", printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(output.toPath());
        }
    }

    /** In the child: if it takes for ever, tells where it stands and exits with 2. */
    static void watch() {
        Thread watch = new Thread(
                () -> {
                    try {
                        if (!new CountDownLatch(1).await(CHILD_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            Ballast.free();
                            Thread.getAllStackTraces().forEach(ChildJvm::print);
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    } finally {
                        Runtime.getRuntime().halt(2);
                    }
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
        // Until it waits it needs memory, and the caller is about to fill the heap.
        while (watch.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void print(Thread thread, StackTraceElement[] frames) {
        System.out.println("HANGS: " + thread);
        for (int i = 0; i < Math.min(frames.length, 40); i++) {
            System.out.println("    at " + frames[i]);
        }
    }
}
