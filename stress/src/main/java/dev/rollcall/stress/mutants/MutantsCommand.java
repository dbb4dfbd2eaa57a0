package dev.rollcall.stress.mutants;

import com.google.gson.GsonBuilder;
import dev.rollcall.stress.run.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the mutants of core against their catchers; green only if each is caught. */
@Command(
        name = "mutants",
        hidden = true,
        description = {
            "Puts one defect after the other into core and asks the checks that have to notice it.",
            "Only the build can run it, with the tests' class path:",
            "./mvnw -pl stress -am verify -DskipTests -DskipStress -Drollcall.mutants.skip=false"
        })
public final class MutantsCommand implements Callable<Integer> {
    @Option(names = "--core", required = true, description = "the module of core, compiled, with its tests")
    private Path core;

    @Option(names = "--stress", required = true, description = "the module of the stress tests, compiled")
    private Path stress;

    @Option(names = "--profile", defaultValue = "SHORT", description = "short, full or long; the matrix has the same")
    private Profile profile;

    @Option(
            names = "--lincheck",
            defaultValue = "small",
            description = "small, full or large: the effort of model checks")
    private String lincheck;

    @Option(names = "--only", defaultValue = "", description = "a mutant's name, or the beginning of some")
    private String only;

    /** Made by the command line. */
    public MutantsCommand() {}

    /** What is written for machines. */
    private record Results(long passed, long failed, String profile, long seconds, String jdk, List<Judged> mutants) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        long start = System.nanoTime();
        boolean isEveryBuild = profile == Profile.SHORT && only.isEmpty();
        List<Mutant> mutants = Mutant.readAll(stress.resolve("src/mutants")).stream()
                .filter(mutant -> mutant.name().startsWith(only))
                .filter(mutant -> !mutant.catchers(isEveryBuild).isEmpty())
                .toList();
        Path out = stress.resolve("target/mutants");
        delete(out);
        Files.createDirectories(out);
        Compiler compiler = new Compiler(core.resolve("src/main/java"));
        List<Judged> judged = new MutantRun(
                        compiler, new Catchers(core, stress, profile, lincheck)::of, out, System.out)
                .run(mutants, isEveryBuild);
        long passed = judged.stream().filter(Judged::isPassed).count();
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        Results results = new Results(
                passed,
                judged.size() - passed,
                profile.name().toLowerCase(Locale.ROOT),
                seconds,
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                judged);
        Files.writeString(
                out.resolve("mutants.json"),
                new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(results));
        judged.forEach(each -> each.failures().forEach(failure -> System.out.println(each.name() + ": " + failure)));
        judged.stream()
                .filter(each -> !each.isPassed())
                .forEach(each -> System.out.println(
                        "Alone: ./mvnw -pl stress -am verify -DskipTests -DskipStress -Drollcall.mutants.skip=false"
                                + " -Drollcall.mutants=" + each.name()));
        System.out.printf("Mutants of core: caught %d of %d in %d s%n", passed, judged.size(), seconds);
        return passed == judged.size() && !judged.isEmpty() ? 0 : 1;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
