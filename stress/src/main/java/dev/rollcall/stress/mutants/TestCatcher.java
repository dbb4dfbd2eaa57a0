package dev.rollcall.stress.mutants;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A test of core, or a model check of the stress module, in a JVM of its own with the options that
 * Surefire gives it.
 *
 * @param kind {@link #TEST} or {@link #MODEL_CHECK}
 * @param testClass its class
 * @param method its method
 * @param module the module that it belongs to
 * @param profile the profile of model checks: small, full or large
 * @param newest when the sound classes were last compiled, in milliseconds
 */
record TestCatcher(String kind, String testClass, String method, Path module, String profile, long newest)
        implements Catcher {
    static final String TEST = "junit";
    static final String MODEL_CHECK = "lincheck";
    private static final long DEADLINE_SECONDS = 300;

    /** Numbers of failed tests in a report of Surefire's. */
    private static final Pattern RED = Pattern.compile("<(failure|error|skipped)\\b");

    @Override
    public String name() {
        return kind + ' ' + testClass.replaceFirst("^dev\\.rollcall\\.", "") + '#' + method;
    }

    @Override
    public long soundSamples() throws IOException {
        Path file = module.resolve("target/surefire-reports/TEST-" + testClass + ".xml");
        if (!Files.isRegularFile(file) || Files.getLastModifiedTime(file).toMillis() < newest) {
            return 0;
        }
        String report = Files.readString(file);
        boolean isThere = Pattern.compile("<testcase name=\"" + method + "\\b")
                .matcher(report)
                .find();
        return isThere && !RED.matcher(report).find() ? 1 : 0;
    }

    @Override
    public Finding run(Path classes, Path work, long samples) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Files.createDirectories(work);
        Path report = work.resolve("report.json");
        Files.deleteIfExists(report);
        Path log = work.resolve("log.txt");
        Process process = new ProcessBuilder(command(classes, report))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                return Finding.broken("ran for more than " + DEADLINE_SECONDS + " s", seconds(start));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (!Files.isRegularFile(report)) {
            return Finding.broken("died: see " + log, seconds(start));
        }
        return new Gson()
                .fromJson(Files.readString(report), TestFork.Report.class)
                .finding(seconds(start));
    }

    private List<String> command(Path classes, Path report) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Drollcall.lincheck=" + profile,
                "-Drollcall.lincheck.minimize=false",
                "-Dlincheck.logLevel=ERROR",
                "-cp",
                classPath(classes),
                TestFork.class.getName(),
                report.toString(),
                testClass,
                method));
        if (classes != null) {
            command.add(classes.toUri().toString());
            command.addAll(Compiler.names(classes));
        }
        return command;
    }

    private String classPath(Path classes) {
        String tests =
                module.resolve("target/test-classes") + File.pathSeparator + System.getProperty("java.class.path");
        return classes == null ? tests : classes + File.pathSeparator + tests;
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
