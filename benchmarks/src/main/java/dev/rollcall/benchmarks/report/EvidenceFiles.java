package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
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
                files.specification(),
                files.weakMemory(),
                files.races(verdict, stressResults.resolve("verdict.json")),
                files.soak(),
                files.mutants(),
                files.storm());
    }

    private Evidence tests() throws IOException {
        String name = "Unit and property tests";
        String about = "The library against a sequential model, in time that runs by hand; the suite's own tools."
                + " Controls: mutants of the library (PIT), each of which some test must notice.";
        List<String> reasons = new ArrayList<>();
        JunitFiles core = JunitFiles.read(root.resolve("core/target").resolve(REPORTS), any -> true, reasons);
        JunitFiles tools = JunitFiles.read(stress.resolve(REPORTS), suite -> !isLincheck(suite), reasons)
                .plus(JunitFiles.read(root.resolve("benchmarks/target").resolve(REPORTS), any -> true, reasons));
        Optional<PitFile> mutants = JsonFile.readIfThere(pitFile(), PitFile.class, reasons);
        mutants.ifPresent(file -> reasons.addAll(file.reasons()));
        if (core.tests() == 0) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        JunitFiles all = core.plus(tools);
        reasons.addAll(all.reasons("unit tests"));
        String amount = Html.number(core.tests()) + " tests of the library, " + Html.number(tools.tests())
                + " of the suite's tools";
        String caught =
                mutants.map(EvidenceFiles::caught).orElse("mutation testing: not run in this profile; -Pprove runs it");
        return judged(name, about, amount, List.of(), caught, all.seconds(), all.finished(), reasons);
    }

    private Path pitFile() {
        return stress.resolve("pit/mutants.json");
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
        String name = "Model checking (Lincheck)";
        String about = "The library's own classes under interleavings that the checker chooses, against the model."
                + " Controls: defective miniatures, each of which must be refuted.";
        List<String> reasons = new ArrayList<>();
        JunitFiles tests = JunitFiles.read(stress.resolve(REPORTS), EvidenceFiles::isLincheck, reasons);
        if (tests.tests() == 0) {
            failures.addAll(reasons);
            return Evidence.notRun(name, about);
        }
        reasons.addAll(tests.reasons("model checking"));
        String amount = Html.number(tests.tests()) + " tests, " + Html.number(tests.scenarios())
                + " scenarios of at most " + Html.number(tests.interleavings()) + " interleavings in all";
        return controlled(name, about, amount, tests.controls(), tests.seconds(), tests.finished(), reasons);
    }

    private Evidence specification() throws IOException {
        String name = "Formal specification (TLA+, TLC)";
        String about = "The protocol step by step, in all states within bounds. Controls: broken variants, each of"
                + " which must be refuted by the property it breaks.";
        Path path = stress.resolve("spec/spec.json");
        List<String> reasons = new ArrayList<>();
        Optional<SpecFile> read = JsonFile.readIfThere(path, SpecFile.class, reasons);
        if (read.isEmpty()) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        SpecFile file = read.get();
        reasons.addAll(file.reasons());
        long states = file.sound().stream().mapToLong(SpecFile.Model::states).sum();
        List<Control> controls = file.variants().stream()
                .map(model -> new Control(model.name(), model.isPassed(), "by " + model.found()))
                .toList();
        String amount =
                file.sound().size() + " sound models, " + Html.number(states) + " states, profile " + file.profile();
        return controlled(name, about, amount, controls, file.seconds(), finished(path), reasons);
    }

    private Evidence weakMemory() throws IOException {
        String name = "Weak memory (litmus tests, Alloy)";
        String about = "Every order of accesses that the library relies on, in Java's access modes and in AArch64 as"
                + " HotSpot compiles to it. Controls: one access weakened, which exactly the models named must allow.";
        Path path = stress.resolve("litmus/litmus.json");
        List<String> reasons = new ArrayList<>();
        Optional<LitmusFile> read = JsonFile.readIfThere(path, LitmusFile.class, reasons);
        if (read.isEmpty()) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        LitmusFile file = read.get();
        reasons.addAll(file.reasons());
        List<Control> controls = file.refuted().stream()
                .map(program ->
                        new Control(program.name(), program.isPassed(), "by " + String.join(", ", program.found())))
                .toList();
        String amount = file.of("sound").size() + " orders of the code, "
                + file.of("calibration").size() + " calibrations of the models; " + file.couldBeWeaker()
                + " accesses could be weaker as far as one order goes";
        return controlled(name, about, amount, controls, file.seconds(), finished(path), reasons);
    }

    /** Why a race is red is among the verdict's own reasons. */
    private Evidence races(Optional<VerdictFile> read, Path path) throws IOException {
        String name = "Races on real threads (jcstress)";
        String about = "Every pair of operations that can meet, sampled in several modes of the virtual machine."
                + " Controls: defective implementations, named after real bugs.";
        if (read.isEmpty()) {
            return Evidence.notRun(name, about);
        }
        VerdictFile file = read.get();
        long samples =
                file.tests().stream().mapToLong(VerdictFile.Test::samples).sum();
        List<Control> controls = file.controls().stream()
                .map(test -> new Control(
                        test.name(),
                        test.isPassed() && test.interesting() > 0,
                        Html.number(test.interesting()) + " of " + Html.number(test.samples()) + " samples"))
                .toList();
        String amount = file.soundTests().size() + " tests of the manager, " + Html.number(samples) + " samples in "
                + file.jvmModes().size() + " modes, profile "
                + String.valueOf(file.profile()).toLowerCase(Locale.ROOT);
        boolean isRed = !file.reasons().isEmpty() || file.passed() == 0;
        return new Evidence(
                name,
                about,
                isRed ? Status.FAILED : Status.PASSED,
                amount,
                controls,
                Evidence.share(controls),
                file.seconds(),
                finished(path));
    }

    private Evidence soak() throws IOException {
        String name = "Soak";
        String about = "All operations at random on many threads, audited while they go on, every session's history"
                + " checked at the end. Controls: façades that err once in twenty times.";
        Path path = stress.resolve("soak/soak.json");
        List<String> reasons = new ArrayList<>();
        Optional<SoakFile> read = JsonFile.readIfThere(path, SoakFile.class, reasons);
        if (read.isEmpty()) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        SoakFile file = read.get();
        reasons.addAll(file.reasons());
        // Broken ones have been complained of among the tests.
        List<Control> controls = JunitFiles.read(stress.resolve(REPORTS), EvidenceFiles::isSoak, new ArrayList<>())
                .controls();
        String amount = Html.number(file.sessions()) + " sessions on " + Html.number(file.managers()) + " managers, "
                + Html.number(file.passed()) + " checks, seed " + file.seed();
        return controlled(name, about, amount, controls, (double) file.seconds(), finished(path), reasons);
    }

    private Evidence mutants() throws IOException {
        String name = "Mutants of the library";
        String about = "The suite against defects of the library itself: small patches of its sources, each of which"
                + " the scenarios, model checks and tests named for it have to notice.";
        Path path = stress.resolve(MUTANTS);
        List<String> reasons = new ArrayList<>();
        Optional<MutantsFile> read = JsonFile.readIfThere(path, MutantsFile.class, reasons);
        if (read.isEmpty()) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        MutantsFile file = read.get();
        reasons.addAll(file.reasons());
        List<Control> controls = file.mutants().stream()
                .map(mutant -> new Control(mutant.name(), mutant.isPassed(), mutant.defect()))
                .toList();
        long checks = file.mutants().stream()
                .flatMap(mutant -> mutant.catches().stream())
                .map(MutantsFile.Catch::by)
                .distinct()
                .count();
        String amount = controls.size() + " defects, " + checks + " checks that vouch, profile " + file.profile();
        return controlled(name, about, amount, controls, file.seconds(), finished(path), reasons);
    }

    private Evidence storm() throws IOException {
        String name = "Real sockets";
        String about = "A gateway that speaks Janus' API, and clients that create, claim, break off and misbehave; then"
                + " what lives is compared with what clients hold. Controls: gateways with defects of real ones.";
        Path path = stress.resolve("storm/storm.json");
        List<String> reasons = new ArrayList<>();
        Optional<StormFile> read = JsonFile.readIfThere(path, StormFile.class, reasons);
        if (read.isEmpty()) {
            failures.addAll(reasons);
            return requiredButNotRun(name, about);
        }
        StormFile file = read.get();
        reasons.addAll(file.reasons());
        Optional<ClientsFile> clients =
                JsonFile.readIfThere(stress.resolve("clients/clients.json"), ClientsFile.class, reasons);
        clients.ifPresent(ran -> reasons.addAll(ran.reasons()));
        List<Control> controls = JunitFiles.read(stress.resolve(REPORTS), EvidenceFiles::isStorm, new ArrayList<>())
                .controls();
        String amount = file.amount()
                + clients.map(ran -> "; " + ran.amount()).orElse("; Janus' own clients: not run in this profile");
        return controlled(name, about, amount, controls, (double) file.seconds(), finished(path), reasons);
    }

    private Evidence requiredButNotRun(String name, String about) {
        failures.add(name + ": not run");
        return Evidence.notRun(name, about);
    }

    private Evidence controlled(
            String name,
            String about,
            String amount,
            List<Control> controls,
            double seconds,
            Instant finished,
            List<String> reasons) {
        controls.stream()
                .filter(control -> !control.isCaught())
                .forEach(control -> reasons.add(name + ": control " + control.name() + " was not caught"));
        if (controls.isEmpty()) {
            reasons.add(name + ": no control ran, so nothing shows that it can fail");
        }
        return judged(name, about, amount, controls, Evidence.share(controls), seconds, finished, reasons);
    }

    private Evidence judged(
            String name,
            String about,
            String amount,
            List<Control> controls,
            String caught,
            double seconds,
            Instant finished,
            List<String> reasons) {
        failures.addAll(reasons);
        Status status = reasons.isEmpty() ? Status.PASSED : Status.FAILED;
        return new Evidence(name, about, status, amount, controls, caught, seconds, finished);
    }

    private static boolean isLincheck(String suite) {
        return suite.endsWith("LincheckTest");
    }

    private static boolean isSoak(String suite) {
        return suite.endsWith(".SoakTest");
    }

    private static boolean isStorm(String suite) {
        return suite.endsWith(".StormTest");
    }

    private static Instant finished(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
