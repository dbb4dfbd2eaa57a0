package dev.rollcall.stress.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;

/**
 * Runs tests as jcstress itself does ({@link JvmMode#OWN_FORKS}): each in every JVM configuration that
 * it knows, with every choice of compilers for the actors, and a JVM for each. A test takes minutes
 * so. What jcstress thinks of the results does not matter; the verdict judges them.
 */
final class ForkedRun {
    private static final int MILLIS_A_FORK = 500;

    private final Path out;
    private final PrintStream terminal;
    private final Results results;

    ForkedRun(Path out, PrintStream terminal, Results results) {
        this.out = out;
        this.terminal = terminal;
        this.results = results;
    }

    void run(List<StressTest> all) throws IOException {
        List<StressTest> tests =
                all.stream().filter(test -> test.runsIn(JvmMode.OWN_FORKS)).toList();
        Path forks = out.resolve("forks");
        Files.createDirectories(forks);
        deleteResults(forks);
        terminal.printf(
                "jcstress' own forks, %d of %d tests; see %s%n", tests.size(), all.size(), forks.resolve("log.txt"));
        String names = tests.stream()
                .map(test -> test.name().replace(".", "\\."))
                .collect(Collectors.joining("|", "^(", ")$"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        names,
                        "-r",
                        "report",
                        "-f",
                        "1",
                        "-fsm",
                        "1",
                        "-iters",
                        "1",
                        "-time",
                        Integer.toString(MILLIS_A_FORK),
                        "-sc",
                        "true",
                        "-af",
                        "NONE")
                .directory(forks.toFile())
                .redirectErrorStream(true)
                .redirectOutput(forks.resolve("log.txt").toFile())
                .start();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        collect(forks);
    }

    /** The JVM is started in another directory. */
    private static String absolute(String classPath) {
        String separator = System.getProperty("path.separator");
        return List.of(classPath.split(separator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(separator));
    }

    /** Tests without a result are those that did not run in this mode, which fails them. */
    private void collect(Path forks) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(forks, "jcstress-results-*")) {
            for (Path file : files) {
                try {
                    new DiskReadCollector(file.toString(), result -> results.add(JvmMode.OWN_FORKS, result)).dump();
                } catch (ClassNotFoundException broken) {
                    throw new IOException(file + " is broken", broken);
                }
            }
        }
    }

    private static void deleteResults(Path forks) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(forks, "jcstress-results-*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
