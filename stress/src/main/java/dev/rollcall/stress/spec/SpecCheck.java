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

/**
 * Checks the formal specification: every sound model must hold in all its states, every variant
 * must be refuted by the property that it breaks. TLC must be on the class path.
 *
 * <p>Exits with 0 if so, 1 if not, 2 if it could not be asked.
 */
public final class SpecCheck {
    private static final String USAGE = "usage: SpecCheck --spec DIR --out DIR [--profile small|large] [--model NAME]";

    private final Path spec;
    private final Path out;
    private final boolean isLarge;
    private final String only;

    private SpecCheck(Path spec, Path out, boolean isLarge, String only) {
        this.spec = spec;
        this.out = out;
        this.isLarge = isLarge;
        this.only = only;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        SpecCheck check;
        List<Model> models;
        try {
            check = parse(args);
            models = check.selected(Model.readAll(check.spec.resolve("models")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        System.exit(check.run(models) ? 0 : 1);
    }

    private static SpecCheck parse(String... args) {
        Path spec = null;
        Path out = null;
        String profile = "small";
        String only = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--spec" -> spec = Path.of(value).toAbsolutePath();
                case "--out" -> out = Path.of(value).toAbsolutePath();
                case "--profile" -> profile = value;
                case "--model" -> only = value;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (spec == null || out == null) {
            throw new IllegalArgumentException("--spec and --out are needed");
        }
        if (!profile.equals("small") && !profile.equals("large")) {
            throw new IllegalArgumentException("--profile is neither small nor large: " + profile);
        }
        return new SpecCheck(spec, out, profile.equals("large"), only);
    }

    private List<Model> selected(List<Model> all) {
        if (only != null) {
            List<Model> one =
                    all.stream().filter(model -> model.name().equals(only)).toList();
            if (one.isEmpty()) {
                throw new IllegalArgumentException("no model " + only);
            }
            return one;
        }
        return complete(
                all.stream().filter(model -> isLarge || !model.isLarge()).toList());
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
        Tlc tlc = new Tlc(spec, out, isLarge ? 24 * 60 : 10);
        int processors = Runtime.getRuntime().availableProcessors();
        List<Checked> all = new ArrayList<>(checkSideBySide(
                tlc, models.stream().filter(model -> !model.isLarge()).toList(), processors));
        for (Model model : models.stream().filter(Model::isLarge).toList()) {
            all.add(shown(tlc.check(model, Math.max(2, processors))));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.writeString(out.resolve("spec.json"), SpecJson.of(all, isLarge, seconds));
        long failed = all.stream().filter(checked -> !checked.passed()).count();
        System.out.printf("Specification: %d passed, %d failed in %.0f s%n", all.size() - failed, failed, seconds);
        if (failed > 0) {
            System.out.println("What TLC said, counterexamples included: " + out);
        }
        return failed == 0;
    }

    /** Small models take seconds: one thread each and several at a time is the quickest. */
    private static List<Checked> checkSideBySide(Tlc tlc, List<Model> small, int processors)
            throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(processors);
        try {
            List<Callable<Checked>> tasks = new ArrayList<>();
            small.forEach(model -> tasks.add(() -> shown(tlc.check(model, 1))));
            List<Checked> all = new ArrayList<>();
            for (Future<Checked> future : executor.invokeAll(tasks)) {
                all.add(future.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a model could not be checked", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Checked shown(Checked checked) {
        System.out.println(checked.line());
        return checked;
    }
}
