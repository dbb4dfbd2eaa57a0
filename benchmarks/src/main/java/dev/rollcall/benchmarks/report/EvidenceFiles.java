package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import dev.rollcall.benchmarks.report.Evidence.Kind;
import dev.rollcall.benchmarks.report.Evidence.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of evidence, from what the builds of the modules left in their target folders. A file
 * that is missing or broken makes its kind "not run"; of those that belong to every build, and of
 * whatever is broken or failed, the reason is among the failures.
 */
final class EvidenceFiles {
    /** Below the stress module's target folder. */
    static final String MUTANTS = "mutants/mutants.json";

    private static final String REPORTS = "surefire-reports";

    /** The controls of a kind are in its own file. */
    private static final String NO_TESTS = "";

    private final Path stress;
    private final Path root;
    private final List<String> failures;

    private EvidenceFiles(Path stressResults, List<String> failures) {
        this.stress = stressResults.toAbsolutePath().normalize().getParent();
        this.root = stress.resolve("../..").normalize();
        this.failures = failures;
    }

    /**
     * Reads what there is.
     *
     * @param stressResults the folder that jcstress wrote to, in the stress module's target folder
     * @param verdict what is in it
     * @param failures where the reasons go
     */
    static List<Evidence> read(Path stressResults, Optional<VerdictFile> verdict, List<String> failures)
            throws IOException {
        EvidenceFiles files = new EvidenceFiles(stressResults, failures);
        return List.of(
                files.tests(),
                files.modelChecking(),
                files.of(Kind.SPECIFICATION, "spec/spec.json", SpecFile.class, NO_TESTS),
                files.of(Kind.WEAK_MEMORY, "litmus/litmus.json", LitmusFile.class, NO_TESTS),
                files.races(verdict, stressResults.resolve(Report.VERDICT)),
                files.of(Kind.SOAK, "soak/soak.json", SoakFile.class, ".SoakTest"),
                files.of(Kind.MUTANTS, MUTANTS, MutantsFile.class, NO_TESTS),
                files.of(Kind.STORM, "storm/storm.json", StormFile.class, ".StormTest"),
                files.of(Kind.FLEET, "fleet/fleet.json", FleetFile.class, NO_TESTS));
    }

    private Evidence tests() throws IOException {
        List<String> reasons = new ArrayList<>();
        JunitFiles core = JunitFiles.read(root.resolve("core/target").resolve(REPORTS), any -> true, reasons);
        JunitFiles tools = JunitFiles.read(stress.resolve(REPORTS), suite -> !isLincheck(suite), reasons)
                .plus(JunitFiles.read(root.resolve("benchmarks/target").resolve(REPORTS), any -> true, reasons));
        Optional<PitFile> mutants = JsonFile.readIfThere(stress.resolve("pit/mutants.json"), PitFile.class, reasons);
        mutants.ifPresent(file -> reasons.addAll(file.reasons()));
        if (core.tests() == 0) {
            return notRun(Kind.TESTS, reasons);
        }
        JunitFiles all = core.plus(tools);
        reasons.addAll(all.reasons("unit tests"));
        String amount = Numbers.grouped(core.tests()) + " tests of the library, " + Numbers.grouped(tools.tests())
                + " of the suite's tools";
        String caught = mutants.map(EvidenceFiles::caught).orElse("mutation testing: run only in the profile prove");
        return judged(Kind.TESTS, amount, List.of(), caught, all.seconds(), all.finished(), reasons);
    }

    private static String caught(PitFile file) {
        Map<String, Integer> justified = new TreeMap<>(file.justified());
        int listed = justified.values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                Locale.ROOT,
                "%,d of %,d mutants of %s killed; %d of %d survivors justified%s",
                file.killed(),
                file.mutants(),
                file.classes(),
                listed,
                file.survived(),
                justified.isEmpty() ? "" : " " + justified);
    }

    private Evidence modelChecking() throws IOException {
        List<String> reasons = new ArrayList<>();
        JunitFiles tests = JunitFiles.read(stress.resolve(REPORTS), EvidenceFiles::isLincheck, reasons);
        if (tests.tests() == 0) {
            return notRun(Kind.MODEL_CHECKING, reasons);
        }
        reasons.addAll(tests.reasons("model checking"));
        String amount = Numbers.grouped(tests.tests()) + " tests, " + Numbers.grouped(tests.scenarios())
                + " scenarios of at most " + Numbers.grouped(tests.interleavings()) + " interleavings in all";
        return controlled(Kind.MODEL_CHECKING, amount, tests.controls(), tests.seconds(), tests.finished(), reasons);
    }

    /** Why a race is red is among the verdict's own reasons. */
    private Evidence races(Optional<VerdictFile> read, Path path) throws IOException {
        if (read.isEmpty()) {
            return Evidence.notRun(Kind.RACES);
        }
        VerdictFile file = read.get();
        boolean isRed = !file.reasons().isEmpty() || file.passed() == 0;
        return new Evidence(
                Kind.RACES,
                isRed ? Status.FAILED : Status.PASSED,
                file.amount(),
                file.controls(),
                share(file.controls()),
                file.seconds(),
                finished(path));
    }

    private <T extends EvidenceFile> Evidence of(Kind kind, String name, Class<T> type, String controlTests)
            throws IOException {
        Path path = stress.resolve(name);
        List<String> reasons = new ArrayList<>();
        Optional<T> read = JsonFile.readIfThere(path, type, reasons);
        if (read.isEmpty()) {
            return notRun(kind, reasons);
        }
        EvidenceFile file = read.get();
        reasons.addAll(file.reasons());
        String amount = kind == Kind.STORM ? file.amount() + clients(reasons) : file.amount();
        // Broken reports have been complained of among the tests.
        List<Control> controls = controlTests.isEmpty()
                ? file.controls()
                : JunitFiles.read(stress.resolve(REPORTS), suite -> suite.endsWith(controlTests), new ArrayList<>())
                        .controls();
        return controlled(kind, amount, controls, file.seconds(), finished(path), reasons);
    }

    private String clients(List<String> reasons) throws IOException {
        Optional<ClientsFile> ran =
                JsonFile.readIfThere(stress.resolve("clients/clients.json"), ClientsFile.class, reasons);
        ran.ifPresent(file -> reasons.addAll(file.reasons()));
        return "; Janus' own clients: " + ran.map(ClientsFile::amount).orElse("not run in this profile");
    }

    private Evidence notRun(Kind kind, List<String> reasons) {
        failures.addAll(reasons);
        if (kind.isInEveryBuild()) {
            failures.add(kind.title() + ": not run");
        }
        return Evidence.notRun(kind);
    }

    private Evidence controlled(
            Kind kind, String amount, List<Control> controls, double seconds, Instant finished, List<String> reasons) {
        controls.stream()
                .filter(control -> !control.isCaught())
                .forEach(control -> reasons.add(kind.title() + ": control " + control.name() + " was not caught"));
        if (controls.isEmpty()) {
            reasons.add(kind.title() + ": no control ran, so nothing shows that it can fail");
        }
        return judged(kind, amount, controls, share(controls), seconds, finished, reasons);
    }

    private Evidence judged(
            Kind kind,
            String amount,
            List<Control> controls,
            String caught,
            double seconds,
            Instant finished,
            List<String> reasons) {
        failures.addAll(reasons);
        Status status = reasons.isEmpty() ? Status.PASSED : Status.FAILED;
        return new Evidence(kind, status, amount, controls, caught, seconds, finished);
    }

    private static String share(List<Control> controls) {
        return Evidence.caught(controls) + " of " + controls.size();
    }

    private static boolean isLincheck(String suite) {
        return suite.endsWith("LincheckTest");
    }

    private static Instant finished(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
