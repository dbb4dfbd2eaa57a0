package dev.rollcall.stress.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;

/**
 * One test by itself, as the matrix runs it, with a class path of the caller's. Each run takes the share
 * of the profile's time that every test has, in every JVM mode of the profile up to the first that shows something
 * forbidden.
 *
 * @param test the test
 * @param profile the profile
 * @param classPath the class path of the JVM that it runs in
 * @param out where whatever it leaves behind goes
 */
public record OneTest(StressTest test, Profile profile, String classPath, Path out) {
    /** The long profile gives each test minutes; a caller that wants more than this runs it again. */
    private static final long LONGEST_MILLIS = 1_000;

    /**
     * Runs it once. A forbidden outcome in one mode decides it, and no further mode is asked.
     *
     * @return what was seen in the modes that were asked
     * @throws IOException if the JVM cannot be started
     */
    public Observed run() throws IOException {
        Files.createDirectories(out);
        InProcessCollector collected = new InProcessCollector();
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream());
        List<JvmMode> modes = profile.modes().stream()
                .filter(mode -> mode != JvmMode.OWN_FORKS && test.runsIn(mode))
                .toList();
        long runs = (long) StressTest.all().size() * modes.size();
        long share = 1000L * profile.seconds() / runs;
        for (JvmMode mode : modes) {
            Budget budget = new Budget(System.nanoTime() / 1_000_000, Math.min(LONGEST_MILLIS, share), 1);
            new MatrixRun(budget, out, new Progress(silence, false, 1), collected, classPath)
                    .run(List.of(test), List.of(mode));
            if (observed(collected).samples(Expect.FORBIDDEN) > 0) {
                break;
            }
        }
        return observed(collected);
    }

    private Observed observed(InProcessCollector collected) {
        return Observed.byName(collected.getTestResults()).getOrDefault(test.name(), Observed.NOTHING);
    }
}
