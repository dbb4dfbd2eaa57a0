package dev.rollcall.stress.mutants;

import dev.rollcall.stress.run.Kind;
import dev.rollcall.stress.run.Profile;
import dev.rollcall.stress.run.StressTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds catchers by the names that mutants give them:
 *
 * <pre>
 * jcstress lifecycle.DestroyVsTimeout.Exact             a scenario, no control
 * lincheck lincheck.RacesLincheckTest#twoWaysToEnd      a model check of the stress module
 * junit ShardsTest#sweep_nothingDue_takesNoLock         a test of core
 * </pre>
 */
final class Catchers {
    private static final String PACKAGE = "dev.rollcall.";

    /** With a race. A build must end. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path core;
    private final Path stress;
    private final Profile profile;
    private final String lincheck;
    private final List<StressTest> races = StressTest.all();
    private final long newest;

    /**
     * The catchers of two compiled modules.
     *
     * @param lincheck the profile of model checks
     */
    Catchers(Path core, Path stress, Profile profile, String lincheck) throws IOException {
        this.core = core;
        this.stress = stress;
        this.profile = profile;
        this.lincheck = lincheck;
        this.newest = newest(core.resolve("target/classes"));
    }

    /**
     * Finds one.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    Catcher of(String name) {
        String[] words = name.split(" ", 2);
        return switch (words[0]) {
            case RaceCatcher.KIND ->
                new RaceCatcher(race(words[1]), profile, stress.resolve("target/jcstress"), newest, PATIENCE);
            case TestCatcher.MODEL_CHECK -> test(words[0], words[1], stress);
            case TestCatcher.TEST -> test(words[0], words[1], core);
            default -> throw new IllegalArgumentException("no kind of catcher: " + name);
        };
    }

    private StressTest race(String name) {
        return races.stream()
                .filter(test -> test.shortName().equals(name) && test.kind() != Kind.CONTROL)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sound scenario " + name));
    }

    private TestCatcher test(String kind, String name, Path module) {
        String[] parts = name.split("#", 2);
        String testClass = PACKAGE + parts[0];
        Path source = module.resolve("src/test/java").resolve(testClass.replace('.', '/') + ".java");
        try {
            if (parts.length != 2 || !Files.readString(source).contains(" " + parts[1] + "(")) {
                throw new IllegalArgumentException("no test " + name);
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("no test class " + name, unreadable);
        }
        return new TestCatcher(kind, testClass, parts[1], module, lincheck, newest);
    }

    private static long newest(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(Catchers::modified)
                    .max()
                    .orElse(Long.MAX_VALUE);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
