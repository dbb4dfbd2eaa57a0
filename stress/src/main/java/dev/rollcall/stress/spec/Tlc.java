package dev.rollcall.stress.spec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs TLC, each time in a process of its own, for it keeps its state in static fields and exits
 * the virtual machine.
 *
 * @param spec the directory of the modules
 * @param out where its output goes, one text file per model
 * @param minutes how long one model may take
 */
record Tlc(Path spec, Path out, long minutes) {
    private static final String MAIN = "tlc2.TLC";

    /** Checks one model with this many threads. */
    Checked check(Model model, int workers) throws IOException, InterruptedException {
        // States on disk and the standard modules that TLC unpacks: gone when this returns.
        Path scratch = Files.createTempDirectory(out, model.name() + '-');
        Path output = out.resolve(model.name() + ".txt");
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(command(model, workers, scratch))
                    .directory(scratch.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean isFinished;
            try {
                isFinished = process.waitFor(minutes, TimeUnit.MINUTES);
            } finally {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output);
            Outcome outcome = isFinished
                    ? Outcome.of(process.exitValue(), text, model.properties())
                    : Outcome.unfinished(minutes, text);
            return new Checked(model, outcome, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } finally {
            delete(scratch);
        }
    }

    private List<String> command(Model model, int workers, Path scratch) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (workers == 1) {
            // Over within seconds: what it takes to start is most of it.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        } else {
            command.addAll(List.of("-XX:+UseParallelGC", "-XX:MaxRAMPercentage=50"));
        }
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(List.of("-cp", classPath(), MAIN));
        command.addAll(List.of("-workers", Integer.toString(workers)));
        command.add("-nowarning");
        command.addAll(List.of("-metadir", scratch.toString()));
        command.addAll(List.of("-config", model.file().toString()));
        command.add(spec.resolve(model.module() + ".tla").toString());
        return command;
    }

    /** Absolute, for TLC runs in another directory. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(element -> Path.of(element).toAbsolutePath().toString())
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
