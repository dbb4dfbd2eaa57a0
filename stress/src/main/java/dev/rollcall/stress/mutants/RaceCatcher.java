package dev.rollcall.stress.mutants;

import com.google.gson.Gson;
import dev.rollcall.stress.run.Observed;
import dev.rollcall.stress.run.OneTest;
import dev.rollcall.stress.run.Profile;
import dev.rollcall.stress.run.StressTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jcstress.annotations.Expect;

/**
 * A jcstress scenario. It runs in as many JVM modes as in this build's matrix, where it saw nothing on the
 * sound core, and is asked no other question. It ends with the first JVM mode that shows the defect.
 *
 * @param test the scenario
 * @param profile that of the build
 * @param matrix the folder that the matrix wrote its verdict to
 * @param newest when the sound classes were last compiled, in milliseconds
 * @param patience how long a mutant is run again while nothing is seen: on a busy machine two threads seldom meet
 */
record RaceCatcher(StressTest test, Profile profile, Path matrix, long newest, Duration patience) implements Catcher {
    static final String KIND = "jcstress";

    /** An actor or the arbiter threw, in the race or before it, when the test is tried without one. */
    private static final Pattern THREW = Pattern.compile("^(CHECK_)?TEST_ERROR:");

    /** What was thrown, in the message that jcstress makes of it. */
    private static final Pattern THROWN = Pattern.compile("; ([\\w.$]+)");

    /** The parts of the verdict that count here. */
    private record Verdict(List<Entry> tests) {
        private record Entry(String name, String verdict, long samples) {}
    }

    @Override
    public String name() {
        return KIND + ' ' + test.shortName();
    }

    @Override
    public long soundSamples() throws IOException {
        Path file = matrix.resolve("verdict.json");
        if (!Files.isRegularFile(file) || Files.getLastModifiedTime(file).toMillis() < newest) {
            return 0;
        }
        return new Gson()
                .fromJson(Files.readString(file), Verdict.class).tests().stream()
                        .filter(entry -> entry.name().equals(test.shortName()))
                        .filter(entry -> entry.verdict().equals("passed"))
                        .mapToLong(Verdict.Entry::samples)
                        .sum();
    }

    @Override
    public Finding run(Path classes, Path work, long samples) throws IOException {
        long start = System.nanoTime();
        String own = System.getProperty("java.class.path");
        OneTest race = new OneTest(test, profile, classes == null ? own : classes + File.pathSeparator + own, work);
        long taken = 0;
        do {
            Observed seen = race.run();
            taken += seen.samples();
            long hits = seen.samples(Expect.FORBIDDEN);
            if (hits > 0) {
                return new Finding(true, forbidden(seen), hits, taken, seconds(start));
            }
            List<String> errors = seen.errors();
            if (!errors.isEmpty()) {
                String error = errors.get(0).strip();
                return hasThrown(error)
                        ? new Finding(true, error, 1, taken, seconds(start))
                        : Finding.broken("broke down: " + error, seconds(start));
            }
        } while (classes == null ? taken < samples : System.nanoTime() - start < patience.toNanos());
        return Finding.nothing(taken, seconds(start));
    }

    /** A class that does not fit the others, or a scenario that could not be set up, is no finding. */
    private boolean hasThrown(String error) {
        Matcher thrown = THROWN.matcher(error);
        return THREW.matcher(error).find()
                && !(thrown.find() && isMisfit(thrown.group(1)))
                && !error.contains("at " + test.file().getName() + '$' + test.variant() + ".<");
    }

    private static boolean isMisfit(String thrown) {
        try {
            Class<?> type = Class.forName(thrown, false, RaceCatcher.class.getClassLoader());
            return LinkageError.class.isAssignableFrom(type)
                    || ReflectiveOperationException.class.isAssignableFrom(type);
        } catch (ClassNotFoundException another) {
            return false;
        }
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    private static String forbidden(Observed seen) {
        return seen.outcomes().stream()
                .filter(outcome -> outcome.grade() == Expect.FORBIDDEN && outcome.count() > 0)
                .map(outcome -> outcome.id() + " (" + outcome.description() + ")")
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
