package dev.rollcall.stress.soak;

import dev.rollcall.stress.OutFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The soak as a command. */
@Command(
        name = "soak",
        header =
                "Runs all operations at random on randomly built managers, and audits them. Takes as long as --seconds says.",
        sortOptions = false)
public final class SoakCommand implements Callable<Integer> {
    private static final int LEAST_WORKERS = 2;

    @Spec
    private CommandSpec spec;

    private int seconds;
    private long seed;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that perform operations. Default: as many as processors, at least 2.")
    private int workers = Math.max(LEAST_WORKERS, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--defect",
            paramLabel = "NAME",
            description =
                    "Wraps the manager in a defective façade, so that the run must fail: ${COMPLETION-CANDIDATES}.")
    private Defect defect = Defect.NONE;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the summary, as JSON.")
    private Path out;

    /** Made by the command line. */
    public SoakCommand() {}

    /** Checks what it is given. */
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the work goes on. Default: ${DEFAULT-VALUE}.",
            defaultValue = "120")
    void setSeconds(int seconds) {
        if (seconds < 1) {
            throw wrong("--seconds must be at least 1: " + seconds);
        }
        this.seconds = seconds;
    }

    /** Checks what it is given. */
    @Option(
            names = "--seed",
            paramLabel = "N|random",
            description =
                    "Determines the managers and each thread's choices. Default: ${DEFAULT-VALUE}, another one each time.",
            defaultValue = "random")
    void setSeed(String seed) {
        if (seed.equals("random")) {
            this.seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
            return;
        }
        try {
            this.seed = Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw wrong("--seed must be a number or random: " + seed);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (workers < 1) {
            throw wrong("--workers must be at least 1: " + workers);
        }
        OutFile.check(spec, out);
        SoakOptions options = new SoakOptions(Duration.ofSeconds(seconds), seed, workers, defect);
        System.out.printf(Locale.ROOT, "soak: %d s, seed %d, %d workers, defect %s%n", seconds, seed, workers, defect);
        Soak soak = new Soak(options);
        soak.run();
        System.out.print(soak.summary());
        if (out != null) {
            Files.writeString(out, soak.json());
        }
        return soak.hasPassed() ? 0 : 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
