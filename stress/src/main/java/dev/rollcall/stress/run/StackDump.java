package dev.rollcall.stress.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the threads of another JVM do, by the JDK's {@code jcmd}. */
final class StackDump {
    /** On a busy machine it takes long to start and to attach. */
    private static final int PATIENCE_SECONDS = 120;

    private StackDump() {}

    /**
     * All threads of a JVM, appended to a log.
     *
     * @return those that run code of this project, a line each of their text; or why there are none
     */
    static List<String> append(long pid, Path log) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Path text = Files.createTempFile("stack-dump", ".txt");
            try {
                Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print", "-l")
                        .redirectErrorStream(true)
                        .redirectOutput(text.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
                byte[] dump = Files.readAllBytes(text);
                Files.write(log, dump, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return ofThisProject(new String(dump, StandardCharsets.UTF_8));
            } finally {
                Files.delete(text);
            }
        } catch (IOException failure) {
            return List.of("no stack dump: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of("no stack dump: interrupted");
        }
    }

    /** The threads with a frame of this project's code. */
    static List<String> ofThisProject(String dump) {
        return Arrays.stream(dump.split("\\R\\s*\\R"))
                .filter(thread -> thread.startsWith("\"") && thread.contains("\tat dev.rollcall."))
                .flatMap(String::lines)
                .toList();
    }
}
