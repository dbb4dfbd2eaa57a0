package dev.rollcall.stress.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivorCheckTest {
    private static final String EVERYTHING = "dev.rollcall.*";
    private static final String LISTED = "Shard | end | VoidMethodCall | 2 | cost | - | wakes nobody";

    @TempDir
    private Path folder;

    private Path report;
    private Path list;

    @BeforeEach
    void writeInputs() throws IOException {
        report = folder.resolve("mutations.xml");
        list = folder.resolve("survivors.txt");
        Files.createDirectories(folder.resolve("src/spec/models"));
        Files.writeString(folder.resolve("src/spec/models/variant-some.cfg"), "");
        Files.createDirectories(folder.resolve("src/mutants"));
        Files.writeString(folder.resolve("src/mutants/some.mutant"), "");
        Files.writeString(list, "# class | method | …\n\n" + LISTED + "\n");
        report(
                mutant("KILLED", "Shard", "end", "returns.NullReturnVals"),
                mutant("TIMED_OUT", "Permits", "tryTake", "Math"),
                mutant("SURVIVED", "Shard", "end", "VoidMethodCall"),
                mutant("NO_COVERAGE", "Shard", "lambda$end$7", "VoidMethodCall"));
    }

    private static String mutant(String status, String type, String method, String mutator) {
        return """
                <mutation detected='?' status='%s'><mutatedClass>dev.rollcall.%s</mutatedClass>\
                <mutatedMethod>%s</mutatedMethod><lineNumber>1</lineNumber>\
                <mutator>org.pitest.mutationtest.engine.gregor.mutators.%sMutator</mutator></mutation>
                """.formatted(status, type, method.replace("<", "&lt;").replace(">", "&gt;"), mutator);
    }

    private void report(String... mutants) throws IOException {
        Files.writeString(report, "<mutations partial=\"true\">" + String.join("", mutants) + "</mutations>");
    }

    private SurvivorCheck judged(String classes) throws IOException {
        return SurvivorCheck.judge(report, list, classes, folder);
    }

    private List<String> failures() throws IOException {
        return judged(EVERYTHING).failures();
    }

    @Test
    void judge_survivorsAsListed_isGreen() throws IOException {
        SurvivorCheck check = judged(EVERYTHING);

        assertThat(check.failures()).isEmpty();
        assertThat(check.summary()).contains("4 mutants of 2 classes, 2 killed, 2 survived as listed {cost=2}");
        assertThat(check.json(EVERYTHING))
                .contains("\"passed\": 1", "\"failed\": 0", "\"mutants\": 4", "\"justified\": {\"cost\": 2}");
    }

    @Test
    void judge_survivorNotListed_isRed() throws IOException {
        Files.writeString(list, "");

        assertThat(failures()).containsExactly("not listed, 2 survived: Shard | end | VoidMethodCall");
        assertThat(judged(EVERYTHING).json(EVERYTHING)).contains("\"passed\": 0", "\"failed\": 1");
    }

    @Test
    void judge_moreSurvivorsThanListed_isRed() throws IOException {
        Files.writeString(list, LISTED.replace("2", "1"));

        assertThat(failures()).singleElement().asString().contains("listed with 1 survivors, but there are 2");
    }

    @Test
    void judge_listedOneIsKilledNow_isRed() throws IOException {
        report(mutant("KILLED", "Shard", "end", "VoidMethodCall"));

        assertThat(failures()).singleElement().asString().contains("listed with 2 survivors, but there are 0");
    }

    @Test
    void judge_listedClassHasNoMutants_isRed() throws IOException {
        report(mutant("KILLED", "Permits", "tryTake", "Math"));

        assertThat(failures()).singleElement().asString().contains("but there are 0: Shard");
    }

    @Test
    void judge_listedClassWasNotToBeMutated_isGreen() throws IOException {
        report(mutant("KILLED", "Permits", "tryTake", "Math"));

        assertThat(judged("dev.rollcall.Permits,dev.rollcall.Q*").failures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "3, false"})
    void judge_rangeOfSurvivors_allowsWhatLiesWithin(int survivors, boolean green) throws IOException {
        Files.writeString(list, LISTED.replace("2", "0-2"));
        String[] mutants = new String[survivors + 1];
        Arrays.fill(mutants, mutant("SURVIVED", "Shard", "end", "VoidMethodCall"));
        mutants[survivors] = mutant("KILLED", "Shard", "end", "Math");
        report(mutants);

        assertThat(failures().isEmpty()).isEqualTo(green);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTED", "NOT_STARTED", "RUN_ERROR", "SOMETHING_NEW"})
    void judge_undecidedMutant_isRed(String status) throws IOException {
        Files.writeString(list, "");
        report(mutant(status, "Shard", "end", "Math"));

        assertThat(failures()).singleElement().asString().contains("undecided: 1", status);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "1, false"})
    void requireNewerThan_classes_olderReportIsRed(int secondsLater, boolean green) throws IOException {
        Path compiled = Files.writeString(folder.resolve("Shard.class"), "");
        Instant made = Files.getLastModifiedTime(report).toInstant();
        Files.setLastModifiedTime(compiled, FileTime.from(made.plusSeconds(secondsLater)));
        SurvivorCheck check = judged(EVERYTHING);

        check.requireNewerThan(folder, report);

        assertThat(check.failures().isEmpty()).isEqualTo(green);
    }

    @Test
    void judge_noMutants_isRed() throws IOException {
        Files.writeString(list, "");
        report();

        assertThat(failures()).containsExactly("there was no mutant");
    }

    @Test
    void judge_reportMissingOrBroken_throws() throws IOException {
        Files.writeString(report, "<mutations>");
        assertThatThrownBy(() -> judged(EVERYTHING)).isInstanceOf(IOException.class);
        Files.writeString(report, "<something/>");
        assertThatThrownBy(() -> judged(EVERYTHING)).hasMessageContaining("no report of PIT's");
        Files.delete(report);
        assertThatThrownBy(() -> judged(EVERYTHING)).isInstanceOf(IOException.class);
    }

    @Test
    void judge_lambdasOfConstructorAndInitializer_areFoundThere() throws IOException {
        Files.writeString(list, """
                Shard | <init> | Math | 1 | same | - | a
                Shard | <clinit> | Math | 1 | same | - | b
                """);
        report(mutant("SURVIVED", "Shard", "lambda$new$0", "Math"), mutant("SURVIVED", "Shard", "<clinit>", "Math"));

        assertThat(failures()).isEmpty();
    }

    @Test
    void judge_proofThatExists_isGreen() throws IOException {
        Files.writeString(list, LISTED.replace("cost | -", "race | mutant:some tla:variant-some"));

        assertThat(failures()).isEmpty();
    }

    /** Tests are in the module beside the one of all other proofs. */
    @Test
    void judge_proofThatIsATestOfTheLibrary_isLookedUpThere() throws IOException {
        Path stress = Files.createDirectories(folder.resolve("stress"));
        Path tests = Files.createDirectories(folder.resolve("core/src/test/java/dev/rollcall"));
        Files.writeString(list, LISTED.replace("cost | -", "jvm | test:SomeTest"));

        assertThat(SurvivorCheck.judge(report, list, EVERYTHING, stress).failures())
                .singleElement()
                .asString()
                .contains("there is no test:SomeTest");

        Files.writeString(tests.resolve("SomeTest.java"), "");

        assertThat(SurvivorCheck.judge(report, list, EVERYTHING, stress).failures())
                .isEmpty();
    }

    @Test
    void judge_proofThatDoesNotExist_isRed() throws IOException {
        Files.writeString(list, LISTED.replace("cost | -", "race | mutant:some jcstress:lifecycle.AVsB"));

        assertThat(failures()).singleElement().asString().contains("there is no jcstress:lifecycle.AVsB");

        Files.writeString(list, LISTED.replace("cost | -", "race | mutant:another"));

        assertThat(failures()).singleElement().asString().contains("there is no mutant:another");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Shard | end | Math | 2 | cost | -; not 7 columns",
                "Shard | end | Math | two | cost | - | reason; no number of survivors",
                "Shard | end | Math | 0 | cost | - | reason; survivors from 0 to 0",
                "Shard | end | Math | 3-2 | cost | - | reason; survivors from 3 to 2",
                "Shard | end | Math | 2 | race | - | reason; a race that nothing catches",
                "Shard | end | Math | 2 | luck | - | reason; LUCK",
                "Shard | end | Math | 2 | cost | - |; no reason"
            })
    void readAll_malformedLine_isRefused(String line, String complaint) throws IOException {
        Files.writeString(list, LISTED + "\n" + line);

        assertThatThrownBy(() -> Survivor.readAll(list)).hasMessageContainingAll("survivors.txt:2", complaint);
    }

    @Test
    void readAll_placeListedTwice_isRefused() throws IOException {
        Files.writeString(list, LISTED + "\n" + LISTED);

        assertThatThrownBy(() -> Survivor.readAll(list)).hasMessageContaining("listed twice");
    }

    @Test
    void judge_proofOfNoKnownKind_isRefused() throws IOException {
        Files.writeString(list, LISTED.replace("-", "luck:x"));

        assertThatThrownBy(this::failures).hasMessageContaining("luck:x");
    }
}
