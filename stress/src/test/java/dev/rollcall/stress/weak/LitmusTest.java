package dev.rollcall.stress.weak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.GsonBuilder;
import dev.rollcall.stress.weak.Litmus.Weaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every order of accesses that the library relies on, in the memory models of Java and of AArch64:
 * as it is coded, what must never be cannot be; with an access weakened, exactly the models that the
 * test names allow it. The calibration tests hold the models to published verdicts.
 */
class LitmusTest {
    static final Path DIRECTORY = Path.of("src", "spec", "litmus");

    private static final Path RESULT = Path.of("target", "litmus", "litmus.json");

    private static Alloy alloy;

    private static final List<Row> ROWS = new ArrayList<>();
    private static final long START = System.nanoTime();

    /**
     * One program of the result.
     *
     * @param kind calibration, sound or weaker
     * @param test the litmus test
     * @param variant what is weaker; empty if nothing is
     * @param verdict passed or failed
     * @param expected the models that must allow what must never be
     * @param found those that do
     * @param millis how long it took to ask both
     */
    private record Row(
            String kind,
            String test,
            String variant,
            String story,
            String verdict,
            Set<Memory> expected,
            Set<Memory> found,
            long millis) {}

    /** As of {@code spec.json}: what came of it first, then everything. */
    private record Result(long passed, long failed, double seconds, String jdk, List<Row> programs) {}

    @BeforeAll
    static void readModels() throws IOException {
        alloy = new Alloy(DIRECTORY);
    }

    @AfterAll
    static void writeResult() throws IOException {
        long passed = ROWS.stream().filter(row -> row.verdict.equals("passed")).count();
        Result result = new Result(
                passed,
                ROWS.size() - passed,
                (System.nanoTime() - START) / 1e9,
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                ROWS);
        Files.createDirectories(RESULT.getParent());
        Files.writeString(RESULT, new GsonBuilder().setPrettyPrinting().create().toJson(result) + '\n');
    }

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        return Litmus.readAll(DIRECTORY).stream().map(litmus -> dynamicTest(litmus.name(), () -> check(litmus)));
    }

    private static void check(Litmus litmus) {
        List<String> wrong = new ArrayList<>();
        String kind = litmus.isCalibration() ? "calibration" : "sound";
        // A processor keeps to dependencies; that the code is sound does not hang on them.
        boolean hasDependencies = litmus.isCalibration();
        for (Memory memory : Memory.values()) {
            if (!alloy.canRun(memory, litmus.threads())) {
                wrong.add(memory + ": the program cannot run at all");
            }
        }
        ask(litmus, kind, "", litmus.threads(), litmus.allowedBy(), hasDependencies, wrong);
        for (Weaker weaker : litmus.weaker()) {
            String weakerKind = litmus.isCalibration() ? kind : "weaker";
            ask(litmus, weakerKind, weaker.name(), litmus.threads(weaker), weaker.allowedBy(), true, wrong);
        }
        assertThat(wrong).as(litmus.name() + ": " + litmus.story()).isEmpty();
    }

    private static void ask(
            Litmus litmus,
            String kind,
            String variant,
            List<List<Instruction>> threads,
            Set<Memory> expected,
            boolean hasDependencies,
            List<String> wrong) {
        long start = System.nanoTime();
        Set<Memory> found = EnumSet.noneOf(Memory.class);
        for (Memory memory : Memory.values()) {
            if (alloy.allows(memory, threads, litmus.never(), hasDependencies)) {
                found.add(memory);
            }
        }
        boolean isRight = found.equals(expected);
        if (!isRight) {
            String which = variant.isEmpty() ? "as it is" : variant;
            wrong.add(which + ": allowed by " + found + ", expected " + expected);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        String verdict = isRight ? "passed" : "failed";
        ROWS.add(new Row(kind, litmus.name(), variant, litmus.story(), verdict, expected, found, millis));
    }

    /** Nothing is checked by directories that are empty, or without a variant that is refuted. */
    @Test
    void tests_coverEveryKind() throws IOException {
        List<Litmus> all = Litmus.readAll(DIRECTORY);
        assertThat(all).filteredOn(Litmus::isCalibration).hasSizeGreaterThan(9);
        assertThat(all)
                .filteredOn(litmus -> !litmus.isCalibration())
                .hasSizeGreaterThan(19)
                .allSatisfy(litmus -> assertThat(litmus.weaker()).isNotEmpty());
        for (Memory memory : Memory.values()) {
            assertThat(all)
                    .anyMatch(litmus -> litmus.weaker().stream()
                            .anyMatch(weaker -> weaker.allowedBy().equals(Set.of(memory))));
        }
    }
}
