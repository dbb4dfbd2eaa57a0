package dev.rollcall.stress.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sound tests that must exist: {@code pinned.txt}, one a line, with the counter strategy that it
 * runs, the guarantees that it holds and the operations of each of its actors, as its byte code has
 * them. The verdict misses what is in the list and not on the class path; a test of the build also
 * compares the rest of each line. After a change of scenarios write it anew, and read the difference:
 *
 * <pre>./mvnw -pl stress -am test -Dtest=PinnedTest -Dsurefire.failIfNoSpecifiedTests=false -Drollcall.pin=write</pre>
 */
final class Pinned {
    private static final String LIST = "pinned.txt";

    private Pinned() {}

    /** The lines of the list, without comments. */
    static List<String> lines() {
        try (InputStream list = Objects.requireNonNull(Pinned.class.getResourceAsStream(LIST), LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The full names of the pinned tests that are not among these. */
    static List<String> missing(List<StressTest> tests) {
        Set<String> there = tests.stream().map(StressTest::name).collect(Collectors.toCollection(HashSet::new));
        return lines().stream()
                .map(line -> StressTest.ROOT + line.split("\\s", 2)[0])
                .filter(name -> !there.contains(name))
                .toList();
    }
}
