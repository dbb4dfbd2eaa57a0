package dev.rollcall.stress.spec;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs TLC, each time in a process of its own, for it keeps its state in static fields and exits
 * the virtual machine. Most models are small, so that what a process takes to start is most of its
 * time: a part of that is saved by an archive of TLC's classes, read and verified once.
 *
 * @param spec the directory of the modules
 * @param out where its output goes, one text file per model
 * @param minutes how long one model may take
 */
record Tlc(Path spec, Path out, long minutes) {
    private static final String MAIN = "tlc2.TLC";
    private static final String ARCHIVE = "tlc.jsa";

    /** Checks one model with this many threads. */
    Checked check(Model model, int workers) throws IOException, InterruptedException {
        Path archive = out.resolve(ARCHIVE);
        return check(model, workers, Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
    }

    /** Checks one model, and archives the classes that this took for those that are checked from then on. */
    Checked checkAndArchive(Model model) throws IOException, InterruptedException {
        Path archive = out.resolve(ARCHIVE);
        Path unfinished = out.resolve("unfinished-" + ARCHIVE);
        Files.deleteIfExists(archive);
        Files.deleteIfExists(unfinished);
        // It would tell at length which classes it leaves out, amid the words of TLC.
        Checked checked = check(model, 1, List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + unfinished));
        if (checked.passed() && Files.exists(unfinished)) {
            Files.move(unfinished, archive);
        }
        return checked;
    }

    private Checked check(Model model, int workers, List<String> classes) throws IOException, InterruptedException {
        // States on disk and the standard modules that TLC unpacks: gone when this returns.
        Path scratch = Files.createTempDirectory(out, model.name() + '-');
        Path output = out.resolve(model.name() + ".txt");
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(command(model, workers, scratch, classes))
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

    private List<String> command(Model model, int workers, Path scratch, List<String> classes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (workers == 1) {
            // Over within seconds: what it takes to start is most of it.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        } else {
            command.addAll(List.of("-XX:+UseParallelGC", "-XX:MaxRAMPercentage=50"));
        }
        command.add("-XX:-UsePerfData");
        command.addAll(classes);
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(List.of("-cp", jar(), MAIN));
        command.addAll(List.of("-workers", Integer.toString(workers)));
        command.add("-nowarning");
        command.addAll(List.of("-metadir", scratch.toString()));
        command.addAll(List.of("-config", model.file().toString()));
        command.add(spec.resolve(model.module() + ".tla").toString());
        return command;
    }

    /** TLC's own jar and nothing else: classes cannot be archived if there is a directory on the class path. */
    private static String jar() {
        try {
            Class<?> main = Class.forName(MAIN, false, Tlc.class.getClassLoader());
            return Path.of(main.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("TLC is not on the class path", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
