package dev.rollcall.benchmarks.results;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where numbers come from.
 *
 * @param machine operating system, processor, memory
 * @param jdk the virtual machine, with its version
 * @param commit the sources, marked if they were changed since, or "unknown"
 * @param command how to get such numbers again
 * @param finished when
 */
public record Provenance(String machine, String jdk, String commit, String command, String finished) {
    private static final int SECONDS_FOR_GIT = 10;
    private static final String UNKNOWN = "unknown";
    private static final String CHANGED = " with local changes";

    /** This machine, now. */
    public static Provenance here(String command) {
        return new Provenance(thisMachine(), thisJdk(), thisCommit(), command, now());
    }

    /** The same, of a run that is going on or has just finished. */
    public Provenance untilNow() {
        return new Provenance(machine, jdk, commit, command, now());
    }

    /** Whether anybody can check out the sources that were measured. */
    public boolean isOfACommit() {
        return !commit.equals(UNKNOWN) && !commit.endsWith(CHANGED);
    }

    /** Whether this program was built before its sources were committed, and may be of others. */
    public static boolean isProgramOlderThanCommit() {
        String committed = git("log", "-1", "--format=%ct");
        return committed != null && programMillis() / 1_000 < Long.parseLong(committed);
    }

    /** When this program was built, in milliseconds of the epoch. */
    public static long programMillis() {
        try {
            return Files.getLastModifiedTime(Path.of(Provenance.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()))
                    .toMillis();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot tell when this program was built", e);
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String thisMachine() {
        return System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ' '
                + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors"
                + procLine("/proc/cpuinfo", "model name", ", ")
                + procLine("/proc/meminfo", "MemTotal", ", memory ");
    }

    private static String thisJdk() {
        return System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version");
    }

    /** The value of a line "name : value" of a file that not every system has. */
    private static String procLine(String file, String name, String separator) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> separator
                            + line.substring(line.indexOf(':') + 1).strip().replaceAll("\\s+", " "))
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String thisCommit() {
        String head = git("rev-parse", "--short=12", "HEAD");
        if (head == null) {
            return UNKNOWN;
        }
        // The file being written, if it is to be published, is no source.
        String changes = git("status", "--porcelain", "--", ":(top)", ":(top,exclude)benchmarks/results");
        return changes == null || changes.isEmpty() ? head : head + CHANGED;
    }

    /** What git prints, or null if there is no git or no repository. */
    private static String git(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream printed = process.getInputStream()) {
                String text = new String(printed.readAllBytes(), StandardCharsets.UTF_8).strip();
                boolean exited = process.waitFor(SECONDS_FOR_GIT, TimeUnit.SECONDS);
                return exited && process.exitValue() == 0 ? text : null;
            }
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
