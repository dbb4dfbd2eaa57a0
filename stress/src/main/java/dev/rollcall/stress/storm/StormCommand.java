package dev.rollcall.stress.storm;

import dev.rollcall.stress.OutFile;
import dev.rollcall.stress.gateway.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lets a storm of clients loose on a gateway, its own unless told another's address. The exit status
 * is 0 if every check held, 1 if one did not, 2 if the call is wrong.
 */
@Command(
        name = "storm",
        description =
                "Lets clients connect, create, claim, close and break off in every way, then compares the sessions"
                        + " that live with those that clients hold.")
public final class StormCommand implements Callable<Integer> {
    @Option(names = "--clients", description = "How many clients act at once (default: ${DEFAULT-VALUE}).")
    private int clients = 32;

    @Option(names = "--seconds", description = "How many seconds they act (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--seed",
            description =
                    "Seed of all random choices, a number or \"random\"; the threads' interleaving is not repeated"
                            + " (default: ${DEFAULT-VALUE}).")
    private String seed = "20220505";

    @Option(
            names = "--sessions",
            description = "How many further sessions stay alive meanwhile (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--acts",
            split = ",",
            description = "What clients do (default: everything): ${COMPLETION-CANDIDATES}.")
    private Set<Act> acts = EnumSet.allOf(Act.class);

    @Option(names = "--url", description = "Another gateway's address, for example ws://127.0.0.1:8188/.")
    private URI url;

    @Option(names = "--admin-url", description = "The address of its admin API; required with --url.")
    private URI adminUrl;

    @Option(
            names = "--admin-secret",
            defaultValue = "${env:ROLLCALL_ADMIN_SECRET}",
            description = "The secret of that gateway's admin API.")
    private String adminSecret;

    @Option(names = "--out", description = "The file to write the results to, as JSON.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StormPlan plan = plan();
        OutFile.check(spec, out);
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "storm: %d clients, %d s, seed %d, %s%n",
                plan.clients(),
                plan.length().toSeconds(),
                plan.seed(),
                plan.url() == null ? "a gateway of its own" : plan.url());
        print.flush();
        Storm storm = new Storm(plan, Gateway::start);
        storm.run();
        Outcome outcome = new Outcome(storm);
        print.print(outcome.table());
        print.flush();
        if (out != null) {
            Files.writeString(out, outcome.json());
        }
        return storm.hasPassed() ? 0 : 1;
    }

    private StormPlan plan() {
        try {
            return new StormPlan(
                    clients,
                    Duration.ofSeconds(seconds),
                    number(),
                    sessions,
                    acts,
                    url,
                    adminUrl,
                    adminSecret == null ? "" : adminSecret);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private long number() {
        try {
            return seed.equals("random") ? new SecureRandom().nextInt(Integer.MAX_VALUE) : Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed must be a number or random: " + seed, e);
        }
    }
}
