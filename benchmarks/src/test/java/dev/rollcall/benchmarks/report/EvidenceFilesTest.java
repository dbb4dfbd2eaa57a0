package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.report.Evidence.Control;
import dev.rollcall.benchmarks.report.Evidence.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFilesTest {
    private static final int TESTS = 0;
    private static final int MODEL_CHECKING = 1;
    private static final int SPECIFICATION = 2;
    private static final int WEAK_MEMORY = 3;
    private static final int RACES = 4;
    private static final int SOAK = 5;
    private static final int MUTANTS = 6;
    private static final int STORM = 7;
    private static final int FLEET = 8;

    @TempDir
    private Path root;

    private Path stress;
    private final List<String> failures = new ArrayList<>();

    @BeforeEach
    void writeInputs() throws IOException {
        SampleEvidence.write(root);
        stress = root.resolve("stress/target");
    }

    private List<Evidence> read() throws IOException {
        Path results = stress.resolve("jcstress");
        Optional<VerdictFile> verdict =
                JsonFile.readIfThere(results.resolve("verdict.json"), VerdictFile.class, failures);
        return EvidenceFiles.read(results, verdict, failures);
    }

    private void assertNotRun(int kind) throws IOException {
        assertThat(read().get(kind).status()).isEqualTo(Status.NOT_RUN);
    }

    private void assertFailed(int kind, String reason) throws IOException {
        assertThat(read().get(kind).status()).isEqualTo(Status.FAILED);
        assertThat(failures).anyMatch(failure -> failure.contains(reason));
    }

    @Test
    void read_everythingGreen_passes() throws IOException {
        List<Evidence> kinds = read();

        assertThat(failures).isEmpty();
        assertThat(kinds)
                .extracting(Evidence::status)
                .containsOnly(Status.PASSED)
                .hasSize(9);
        assertThat(kinds.get(TESTS).amount()).isEqualTo("2 tests of the library, 5 of the suite's tools");
        assertThat(kinds.get(TESTS).caught())
                .contains("90 of 100 mutants of dev.rollcall.* killed; 10 of 10 survivors justified {cost=4, race=6}");
        assertThat(kinds.get(MODEL_CHECKING).amount())
                .isEqualTo("2 tests, 15 scenarios of at most 3,500 interleavings in all");
        assertThat(kinds.get(MODEL_CHECKING).controls()).containsExactly(new Control("LostKeepalive", true, ""));
        assertThat(kinds.get(SPECIFICATION).amount()).contains("1 sound models, 1,234 states");
        assertThat(kinds.get(SPECIFICATION).controls())
                .containsExactly(new Control("variant-one", true, "by G5_NoOrphans"));
        assertThat(kinds.get(RACES).caught()).isEqualTo("1 of 1");
        assertThat(kinds.get(WEAK_MEMORY).amount())
                .contains("1 orders of the code, 1 calibrations")
                .contains("1 accesses could be weaker");
        assertThat(kinds.get(WEAK_MEMORY).controls()).extracting(Control::name).containsExactly("Split: cut = opaque");
        assertThat(kinds.get(SOAK).amount()).isEqualTo("1,500 sessions on 4 managers, 4,000 checks, seed 7");
        assertThat(kinds.get(SOAK).controls()).extracting(Control::name).containsExactly("orphans", "two_winners");
        assertThat(kinds.get(MUTANTS).amount()).isEqualTo("1 defects, 2 checks that have to notice them, profile full");
        assertThat(kinds.get(MUTANTS).caught()).isEqualTo("1 of 1");
        assertThat(kinds.get(STORM).amount())
                .isEqualTo("5,000 sockets, 9,000 sessions, 0 left over, 900 checks, seed 7; a keepalive beside 100,000"
                        + " sessions: nothing else 0.12 ms (p99 0.90); Janus' own clients: janode 1.8.0 (1 steps)");
        assertThat(kinds.get(STORM).controls()).extracting(Control::name).containsExactly("LATE_CREATE");
    }

    @Test
    void read_nothingThere_isAllNotRunAndRed() throws IOException {
        stress = root.resolve("empty/stress/target");
        for (int kind = TESTS; kind <= STORM; kind++) {
            failures.clear();
            assertNotRun(kind);
        }
        // The races' absence is the verdict file's own failure.
        assertThat(failures)
                .containsExactly(
                        "Unit and property tests: not run",
                        "Model checking (Lincheck): not run",
                        "Formal specification (TLA+, TLC): not run",
                        "Weak memory (litmus tests, Alloy): not run",
                        "Soak: not run",
                        "Mutants of the library: not run",
                        "Real sockets: not run");
    }

    @Test
    void read_noMutationTesting_saysSo() throws IOException {
        Files.delete(stress.resolve("pit/mutants.json"));

        assertThat(read().get(TESTS).caught()).isEqualTo("mutation testing: run only in the profile prove");
        assertThat(failures).isEmpty();
    }

    @Test
    void read_unitTestFailed_isRed() throws IOException {
        SampleEvidence.junit(
                root.resolve("core/target"), "dev.rollcall.PermitsTest", SampleEvidence.test("gives", "<failure/>"));

        assertFailed(TESTS, "dev.rollcall.PermitsTest.gives failed");
    }

    @Test
    void read_survivorNotListed_isRed() throws IOException {
        Files.writeString(
                stress.resolve("pit/mutants.json"),
                "{\"passed\": 0, \"failed\": 1, \"mutants\": 5, \"failures\": [\"not listed, 1 survived: Shard\"]}");

        assertFailed(TESTS, "mutation testing: not listed, 1 survived: Shard");
    }

    @Test
    void read_controlOfModelCheckingNotRefuted_isRed() throws IOException {
        SampleEvidence.junit(
                stress,
                "dev.rollcall.lincheck.SomeLincheckTest",
                SampleEvidence.test("refuted", "<error/><system-out>control: LostKeepalive</system-out>"));

        assertFailed(MODEL_CHECKING, "control LostKeepalive was not caught");
    }

    @Test
    void read_noControlOfModelChecking_isRed() throws IOException {
        SampleEvidence.junit(stress, "dev.rollcall.lincheck.SomeLincheckTest", SampleEvidence.test("confirmed", ""));

        assertFailed(MODEL_CHECKING, "no control ran");
    }

    @Test
    void read_skippedTests_areNotRun() throws IOException {
        SampleEvidence.junit(
                stress, "dev.rollcall.lincheck.SomeLincheckTest", SampleEvidence.test("confirmed", "<skipped/>"));

        assertNotRun(MODEL_CHECKING);
    }

    @Test
    void read_brokenReportOfTests_isNotRunAndRed() throws IOException {
        Files.writeString(stress.resolve("surefire-reports/TEST-dev.rollcall.lincheck.SomeLincheckTest.xml"), "<tests");

        assertNotRun(MODEL_CHECKING);
        assertThat(failures).anyMatch(failure -> failure.contains("SomeLincheckTest.xml is broken"));
    }

    @Test
    void read_variantNotRefuted_isRed() throws IOException {
        Files.writeString(
                stress.resolve("spec/spec.json"),
                SampleEvidence.SPEC.replace("\"passed\", \"expected\": \"G5", "\"failed\", \"expected\": \"G5"));

        assertFailed(SPECIFICATION, "control variant-one was not caught");
    }

    @Test
    void read_noVariants_isRed() throws IOException {
        Files.writeString(stress.resolve("spec/spec.json"), SampleEvidence.SPEC.replace("\"variant\"", "\"sound\""));

        assertFailed(SPECIFICATION, "no sound model or no variant");
    }

    @Test
    void read_weakenedAccessThatNoModelAllows_isRed() throws IOException {
        Files.writeString(
                stress.resolve("litmus/litmus.json"),
                SampleEvidence.LITMUS.replace(
                        "\"passed\", \"expected\": [\"JAM21\"]", "\"failed\", \"expected\": [\"JAM21\"]"));

        assertFailed(WEAK_MEMORY, "control Split: cut = opaque was not caught");
    }

    @Test
    void read_noCalibration_isRed() throws IOException {
        Files.writeString(
                stress.resolve("litmus/litmus.json"), SampleEvidence.LITMUS.replace("\"calibration\"", "\"weaker\""));

        assertFailed(WEAK_MEMORY, "no calibration");
    }

    @Test
    void read_brokenSpecification_isNotRunAndRed() throws IOException {
        Files.writeString(stress.resolve("spec/spec.json"), "{");

        assertNotRun(SPECIFICATION);
        assertThat(failures).anyMatch(failure -> failure.contains("spec.json is broken"));
    }

    @Test
    void read_raceFailed_isRed() throws IOException {
        Files.writeString(stress.resolve("jcstress/verdict.json"), SampleResults.verdict("failed", true, 42));

        assertThat(read().get(RACES).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void read_soakFailed_isRed() throws IOException {
        Files.writeString(
                stress.resolve("soak/soak.json"),
                SampleEvidence.SOAK
                        .replace("\"failed\": 0", "\"failed\": 1")
                        .replace("\"violations\": []", "\"violations\": [\"G5: an orphan\"]"));

        assertFailed(SOAK, "soak: G5: an orphan");
    }

    @Test
    void read_soakOfControl_isRed() throws IOException {
        Files.writeString(stress.resolve("soak/soak.json"), SampleEvidence.SOAK.replace("NONE", "ORPHANS"));

        assertFailed(SOAK, "of a control, ORPHANS");
    }

    @Test
    void read_soakOfNothing_isRed() throws IOException {
        Files.writeString(stress.resolve("soak/soak.json"), SampleEvidence.SOAK.replace("1500", "0"));

        assertFailed(SOAK, "soak: nothing was checked");
    }

    @Test
    void read_mutantNotCaught_isRed() throws IOException {
        Files.writeString(
                stress.resolve("mutants/mutants.json"),
                SampleEvidence.MUTANTS
                        .replace("\"passed\", \"failures\": []", "\"failed\", \"failures\": [\"not caught by x\"]")
                        .replace("\"failed\": 0", "\"failed\": 1"));

        assertFailed(MUTANTS, "mutant one-off: not caught by x");
    }

    @Test
    void read_noMutant_isRed() throws IOException {
        Files.writeString(stress.resolve("mutants/mutants.json"), "{\"passed\": 0, \"failed\": 0, \"mutants\": []}");

        assertFailed(MUTANTS, "Mutants of the library: no control ran");
    }

    @Test
    void read_stormWithViolation_isRed() throws IOException {
        Files.writeString(
                stress.resolve("storm/storm.json"),
                SampleEvidence.STORM
                        .replace("\"verdict\": \"passed\"", "\"verdict\": \"FAILED\"")
                        .replace("\"violations\": []", "\"violations\": [\"7 belong to nobody\"]"));

        assertFailed(STORM, "storm, live ones are held: FAILED 7 belong to nobody");
    }

    @Test
    void read_stormThatIsNotGreen_isRed() throws IOException {
        Files.writeString(stress.resolve("storm/storm.json"), SampleEvidence.STORM.replace("true", "false"));

        assertFailed(STORM, "storm: not green");
    }

    @Test
    void read_fleetWithViolation_isRed() throws IOException {
        Files.writeString(
                stress.resolve("fleet/fleet.json"),
                SampleEvidence.FLEET.replace(
                        "\"held\": true, \"passed\": 400, \"violations\": []",
                        "\"held\": false, \"passed\": 399, \"violations\": [\"87 for 57\"]"));

        assertFailed(FLEET, "fleet, figures are right: 87 for 57");
    }

    @Test
    void read_fleetWhoseControlIsRight_isRed() throws IOException {
        Files.writeString(
                stress.resolve("fleet/fleet.json"),
                SampleEvidence.FLEET.replace("\"held\": true, \"passed\": 21", "\"held\": false, \"passed\": 20"));

        assertFailed(FLEET, "Several gateways: control shared counter was not caught");
    }

    @Test
    void read_fleetWithoutKills_isNoRequirement() throws IOException {
        Files.delete(stress.resolve("fleet/fleet.json"));

        assertThat(read().get(FLEET).status()).isEqualTo(Status.NOT_RUN);
        assertThat(failures).isEmpty();
    }

    @Test
    void read_clientThatFailed_isRed() throws IOException {
        Files.writeString(
                stress.resolve("clients/clients.json"),
                SampleEvidence.CLIENTS.replace("\"passed\": true", "\"passed\": false, \"failure\": \"no claim\""));

        assertFailed(STORM, "client janode: no claim");
    }

    @Test
    void read_clientsWithoutNode_saysSo() throws IOException {
        Files.writeString(stress.resolve("clients/clients.json"), "{\"notRun\": \"no Node\", \"clients\": []}");

        assertThat(read().get(STORM).amount()).endsWith("Janus' own clients: not run: no Node");
        assertThat(failures).isEmpty();
    }
}
