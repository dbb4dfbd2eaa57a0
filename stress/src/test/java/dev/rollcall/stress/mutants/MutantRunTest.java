package dev.rollcall.stress.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.stress.run.JvmMode;
import dev.rollcall.stress.run.Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The run can go red, for every reason that it knows, and a defect that is caught turns it green. */
class MutantRunTest {
    private static final Path CORE = Path.of("../core");
    private static final String SAMPLES = "junit stress.mutants.SampleChecks#";
    private static final String RACE = "jcstress lifecycle.DestroyVsDestroy.Exact";
    private static final String TALLIES = "--- dev/rollcall/Tallies.java";
    private static final String CREATED = "             created++;";
    private static final String NOT_ATTACHED = "-            attached++;";

    /** No result of the build is as new as this, so each catcher is tried on the sound core first. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final String PASSED = "{\"tests\": [{\"name\": \"lifecycle.DestroyVsDestroy.Exact\","
            + " \"verdict\": \"passed\", \"samples\": 4711}]}";

    /** Longer than one run takes, as a rule. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @TempDir
    private Path out;

    private long newest = NEVER;

    private Judged judge(String catcher, String... change) throws IOException, InterruptedException {
        List<String> keys = List.of(
                "defect: some", "breaks: G1", "invariants: S1", "real: no", "every-build: " + catcher, "", TALLIES);
        Mutant mutant = Mutant.parse(
                "sample", Stream.concat(keys.stream(), Stream.of(change)).toList());
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream());
        return new MutantRun(new Compiler(CORE.resolve("src/main/java")), this::catcher, out, silence)
                .run(List.of(mutant), true)
                .get(0);
    }

    private Catcher catcher(String name) {
        if (name.startsWith(SAMPLES)) {
            String method = name.substring(SAMPLES.length());
            return new TestCatcher(
                    TestCatcher.TEST, SampleChecks.class.getName(), method, Path.of("."), "small", NEVER);
        }
        try {
            RaceCatcher race = (RaceCatcher) new Catchers(CORE, Path.of("."), Profile.SHORT, "small").of(name);
            return new RaceCatcher(race.test(), Profile.SHORT, out, newest, PATIENCE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void run_defectThatATestNotices_passes() throws Exception {
        Judged judged = judge(SAMPLES + "liveAfterACreate", CREATED, NOT_ATTACHED);

        assertThat(judged.failures()).isEmpty();
        assertThat(judged.isPassed()).isTrue();
        assertThat(judged.catches().get(0).how()).contains("AssertionFailedError");
    }

    @Test
    void run_defectThatARaceNotices_passes() throws Exception {
        Judged judged = judge(RACE, CREATED, NOT_ATTACHED);

        assertThat(judged.failures()).isEmpty();
        assertThat(judged.isPassed()).isTrue();
        assertThat(judged.catches().get(0).hits()).isPositive();
        assertThat(judged.catches().get(0).how()).contains("samples");
        assertThat(modesAsked()).containsExactly(JvmMode.TIERED);
    }

    /** The matrix took one sample of the scenario: that core showed nothing in it proves little. */
    @Test
    void run_defectThatARaceNoticesAfterMoreSamples_isLookedForInCoreAsWell() throws Exception {
        newest = 0;
        Files.writeString(out.resolve("verdict.json"), PASSED.replace("4711", "1"));
        Judged judged = judge(RACE, CREATED, NOT_ATTACHED);

        assertThat(judged.isPassed()).isTrue();
        assertThat(out.resolve("sound")).isDirectory();
    }

    /** The matrix took more samples of it than the defect needs to show. */
    @Test
    void run_defectThatARaceNoticesInFewerSamples_isNotLookedForInCore() throws Exception {
        newest = 0;
        Files.writeString(out.resolve("verdict.json"), PASSED.replace("4711", "4711471147"));
        Judged judged = judge(RACE, CREATED, NOT_ATTACHED);

        assertThat(judged.isPassed()).isTrue();
        assertThat(out.resolve("sound")).doesNotExist();
    }

    /** Each JVM mode leaves a file. */
    private List<JvmMode> modesAsked() throws IOException {
        try (Stream<Path> files = Files.walk(out.resolve("sample"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return Stream.of(JvmMode.values())
                    .filter(mode -> names.contains("host-" + mode + ".log"))
                    .toList();
        }
    }

    @Test
    void run_changeWithoutEffect_isNotCaught() throws Exception {
        assertFailed(
                judge(SAMPLES + "liveAfterACreate", "-            created++;", "+            created += 1;"),
                "not caught by junit stress.mutants.SampleChecks#liveAfterACreate: saw nothing");
    }

    @Test
    void run_changeWithoutEffectInARace_isNotCaughtHoweverOftenItIsRun() throws Exception {
        Judged judged = judge(RACE, "-            created++;", "+            created += 1;");

        assertFailed(judged, "not caught by " + RACE + ": saw nothing");
        assertThat(judged.catches().get(0).seconds()).isGreaterThanOrEqualTo(PATIENCE.toMillis() / 1e3);
        assertThat(modesAsked()).isEqualTo(Profile.SHORT.modes());
    }

    /** For a class that cannot be initialized, or an object that cannot be made: at all, or after jcstress has tried it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHECK_TEST_ERROR | '+static { if (true) throw new RuntimeException(); }'",
                "CHECK_TEST_ERROR | '+{ if (true) throw new RuntimeException(); }'",
                "VM_ERROR | '+{ if (java.util.Arrays.toString(new Throwable().getStackTrace())"
                        + ".contains(\".internalRun\")) throw new RuntimeException(); }'",
            })
    void run_raceCannotBeSetUp_isBrokenAndNotCaught(String status, String addition) throws Exception {
        assertFailed(
                judge(RACE, " private long created;", addition), "not caught by " + RACE + ": broke down: " + status);
    }

    /** The scenario was compiled when it was allowed to call the method. */
    @Test
    void run_actorDoesNotLink_isBrokenAndNotCaught() throws Exception {
        assertFailed(
                judge(
                        RACE,
                        "--- dev/rollcall/Session.java",
                        "-    public boolean destroyByAdmin() {",
                        "+    boolean destroyByAdmin() {"),
                "not caught by " + RACE
                        + ": broke down: CHECK_TEST_ERROR: Check test failed; java.lang.IllegalAccessError");
    }

    @Test
    void run_catcherFailsOnTheSoundCoreToo_doesNotCount() throws Exception {
        assertFailed(judge(SAMPLES + "redOnTheSoundCore", CREATED, NOT_ATTACHED), "fails on the sound core too");
    }

    @Test
    void run_catcherHasNoSuchTest_doesNotCount() throws Exception {
        assertFailed(judge(SAMPLES + "noSuchMethod", CREATED, NOT_ATTACHED), "found no test");
    }

    @Test
    void run_sourceHasChanged_isNotSkipped() throws Exception {
        assertFailed(
                judge(SAMPLES + "liveAfterACreate", "-            createdOnce++;"),
                "sample: does not apply to dev/rollcall/Tallies.java");
    }

    @Test
    void run_mutantDoesNotCompile_isNotSkipped() throws Exception {
        assertFailed(
                judge(SAMPLES + "liveAfterACreate", "-            created++;", "+            uncreated++;"),
                "sample: does not compile");
    }

    /** The other classes have been compiled with its value, and so would not be mutated. */
    @Test
    void run_constantChanges_isRefused() throws Exception {
        assertFailed(
                judge(
                        SAMPLES + "liveAfterACreate",
                        "-    static final int CREATED = 0;",
                        "+    static final int CREATED = 2;"),
                "sample: changes a constant");
    }

    private static void assertFailed(Judged judged, String reason) {
        assertThat(judged.isPassed()).isFalse();
        assertThat(judged.failures()).singleElement().asString().contains(reason);
    }

    @Test
    void of_controlOrUnknownName_isNoCatcher() throws IOException {
        Catchers catchers = new Catchers(CORE, Path.of("."), Profile.SHORT, "small");

        for (String name : List.of(
                "jcstress lifecycle.DestroyVsTimeout.Control_PublishedFix",
                "jcstress lifecycle.DestroyVsNothing.Exact",
                "junit ShardsTest#noSuchTest",
                "junit NoSuchTest#one",
                "soak one")) {
            assertThatIllegalArgumentException().isThrownBy(() -> catchers.of(name));
        }
    }

    @Test
    void soundSamples_ofARace_areThoseOfAPassedScenarioSinceTheLastCompilation() throws IOException {
        RaceCatcher race = (RaceCatcher) catcher(RACE);
        Path verdict = out.resolve("verdict.json");
        RaceCatcher fresh = new RaceCatcher(race.test(), Profile.SHORT, out, 0, PATIENCE);
        assertThat(fresh.soundSamples()).isZero();

        Files.writeString(verdict, PASSED);
        assertThat(fresh.soundSamples()).isEqualTo(4711);
        assertThat(race.soundSamples()).isZero();

        Files.writeString(verdict, PASSED.replace("passed", "failed"));
        assertThat(fresh.soundSamples()).isZero();
    }

    @Test
    void soundSamples_ofATest_areOneIfItsClassIsGreen() throws IOException {
        TestCatcher test = new TestCatcher(TestCatcher.TEST, "some.SomeTest", "one", out, "small", 0);
        Path reports = Files.createDirectories(out.resolve("target/surefire-reports"));
        Path report = reports.resolve("TEST-some.SomeTest.xml");
        assertThat(test.soundSamples()).isZero();

        Files.writeString(report, "<testcase name=\"one()\"/>");
        assertThat(test.soundSamples()).isOne();

        Files.writeString(report, "<testcase name=\"another\"/>");
        assertThat(test.soundSamples()).isZero();

        Files.writeString(report, "<testcase name=\"one\"><failure/></testcase>");
        assertThat(test.soundSamples()).isZero();
    }
}
