package dev.rollcall.stress.mutants;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Compiles mutants and has each run against its catchers: tests and model checks side by side, races
 * on real threads one after the other with the machine to themselves.
 *
 * <p>A catcher counts only if it passes on the sound core. If this build has left no result of that, it
 * is run there first.
 */
final class MutantRun {
    private final Compiler compiler;
    private final Function<String, Catcher> catchers;
    private final Path out;
    private final PrintStream terminal;
    private final Map<String, FutureTask<Sound>> sound = new ConcurrentHashMap<>();
    private final Map<Mutant, Map<Catcher, Finding>> findings = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private int jobs;
    private int done;

    /**
     * A run.
     *
     * @param catchers a catcher by the name that mutants give it
     * @param out the folder for classes and whatever the catchers leave behind
     * @param terminal told of each finding
     */
    MutantRun(Compiler compiler, Function<String, Catcher> catchers, Path out, PrintStream terminal) {
        this.compiler = compiler;
        this.catchers = catchers;
        this.out = out;
        this.terminal = terminal;
    }

    /** How a catcher does on the sound core: the samples that it took, and why it is worthless, or null. */
    private record Sound(long samples, String objection) {}

    /** One mutant and one of its catchers. */
    private record Job(Mutant mutant, Catcher catcher, Path classes) {
        Path work(Path out) {
            return out.resolve(mutant.name()).resolve(catcher.name().replaceAll("\\W+", "-"));
        }
    }

    /**
     * Runs all.
     *
     * @param isEveryBuild whether only those catchers are asked that are asked in every build
     * @return one judgement for each mutant, in their order
     */
    List<Judged> run(List<Mutant> mutants, boolean isEveryBuild) throws IOException, InterruptedException {
        Map<Mutant, Judged> judged = new HashMap<>();
        List<Job> all = new ArrayList<>();
        ExecutorService lanes =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            Map<Mutant, Future<Path>> classes = new LinkedHashMap<>();
            for (Mutant mutant : mutants) {
                classes.put(mutant, lanes.submit(() -> compiler.compile(mutant, out.resolve(mutant.name()))));
            }
            for (Mutant mutant : mutants) {
                try {
                    Path compiled = classes.get(mutant).get();
                    for (String name : mutant.catchers(isEveryBuild)) {
                        all.add(new Job(mutant, catchers.apply(name), compiled));
                    }
                } catch (ExecutionException failed) {
                    judged.put(mutant, Judged.invalid(mutant, invalid(failed)));
                    terminal.println("FAIL    " + judged.get(mutant).failures().get(0));
                }
            }
            jobs = all.size();
            all.forEach(job -> findings.computeIfAbsent(job.mutant, any -> new LinkedHashMap<>())
                    .put(job.catcher, null));
            List<Callable<Void>> together = new ArrayList<>();
            all.stream().filter(job -> !job.catcher.isAlone()).forEach(job -> together.add(() -> perform(job)));
            for (Future<Void> future : lanes.invokeAll(together)) {
                future.get();
            }
            for (Job job : all) {
                if (job.catcher.isAlone()) {
                    perform(job);
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a catcher could not be run", failed.getCause());
        } finally {
            lanes.shutdownNow();
        }
        findings.forEach((mutant, found) -> judged.put(mutant, Judged.of(mutant, found)));
        return mutants.stream().map(judged::get).toList();
    }

    private static String invalid(ExecutionException failed) {
        if (failed.getCause() instanceof Mutant.InvalidException invalid) {
            return invalid.getMessage();
        }
        throw new IllegalStateException(failed.getCause());
    }

    private Void perform(Job job) throws IOException, InterruptedException, ExecutionException {
        Sound soundness = soundness(job.catcher);
        Finding finding = soundness.objection == null
                ? job.catcher.run(job.classes, job.work(out), 0)
                : Finding.broken(soundness.objection, 0);
        if (finding.isCaught() && finding.samples() > soundness.samples) {
            // It is worth nothing if the sound core would have shown the same in as many.
            Sound longer = onSoundCore(job.catcher, finding.samples());
            finding = longer.objection == null ? finding : Finding.broken(longer.objection, finding.seconds());
        }
        tell(job, finding);
        return null;
    }

    /** Whoever asks first runs it, and all others wait for that. */
    private Sound soundness(Catcher catcher) throws InterruptedException, ExecutionException {
        FutureTask<Sound> task =
                sound.computeIfAbsent(catcher.name(), any -> new FutureTask<>(() -> onSoundCore(catcher)));
        task.run();
        return task.get();
    }

    private Sound onSoundCore(Catcher catcher) throws IOException, InterruptedException {
        long samples = catcher.soundSamples();
        return samples > 0 ? new Sound(samples, null) : onSoundCore(catcher, 0);
    }

    private Sound onSoundCore(Catcher catcher, long samples) throws IOException, InterruptedException {
        Path work = out.resolve("sound").resolve(catcher.name().replaceAll("\\W+", "-"));
        Finding finding = catcher.run(null, work, samples);
        return new Sound(
                finding.samples(), finding.isNothing() ? null : "fails on the sound core too: " + finding.text());
    }

    private synchronized void tell(Job job, Finding finding) {
        findings.get(job.mutant).put(job.catcher, finding);
        done++;
        long elapsed = (System.nanoTime() - start) / 1_000_000_000;
        terminal.printf(
                Locale.ROOT,
                "%s %-30s %5.1f s  %s  %.90s  [%d/%d, about %d s left]%n",
                finding.isCaught() ? "caught " : "MISSED ",
                job.mutant.name(),
                finding.seconds(),
                job.catcher.name(),
                finding.text().lines().findFirst().orElse(""),
                done,
                jobs,
                elapsed * (jobs - done) / done);
    }
}
