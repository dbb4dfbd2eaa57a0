package dev.rollcall.stress.storm;

import dev.rollcall.stress.OutFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A storm over several gateways of one cluster, each in a process of its own. The exit status is 0
 * if every check held.
 */
@Command(
        name = "fleet",
        description =
                "Starts gateways of one cluster, lets clients loose on all of them, stops, kills and cuts off nodes,"
                        + " and compares what nodes say with what clients hold.")
public final class FleetCommand implements Callable<Integer> {
    @Option(names = "--nodes", description = "How many gateways, at least 2 (default: ${DEFAULT-VALUE}).")
    private int nodes = 3;

    @Option(
            names = "--kills",
            description =
                    "How often a node is killed (default: ${DEFAULT-VALUE}). The first and every fifth after it is"
                            + " killed while clients rest.")
    private int kills = 20;

    @Option(names = "--stops", description = "How often a node is stopped for a while (default: ${DEFAULT-VALUE}).")
    private int stops = 1;

    @Option(
            names = "--partitions",
            description = "How often a node is cut off from the others (default: ${DEFAULT-VALUE}). Every other time,"
                    + " clients rest when that begins and when it ends.")
    private int partitions = 2;

    @Option(
            names = "--limit",
            description =
                    "How many sessions all nodes together may have, at least 3 for each (default: ${DEFAULT-VALUE}).")
    private long limit = 90;

    @Option(
            names = "--millis",
            description = "Milliseconds of storm between two such failures (default: ${DEFAULT-VALUE}).")
    private long millis = 1_000;

    @Option(names = "--out", description = "The file to write the results to, as JSON.")
    private Path out;

    @Spec
    private CommandSpec spec;

    /** Runs it by itself. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FleetCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter print = spec.commandLine().getOut();
        FleetPlan plan = plan();
        OutFile.check(spec, out);
        long start = System.nanoTime();
        FleetOutcome outcome;
        try (FleetStorm storm = new FleetStorm(plan, line -> tell(print, line))) {
            storm.run();
            outcome = FleetOutcome.of(plan, storm.ledger(), (System.nanoTime() - start) / 1e9);
        }
        outcome.table().forEach(line -> tell(print, line));
        if (out != null) {
            Files.writeString(out, outcome.json());
        }
        return outcome.green() ? 0 : 1;
    }

    private FleetPlan plan() {
        try {
            return FleetPlan.of(nodes, kills, stops, partitions, limit, Duration.ofMillis(millis));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static void tell(PrintWriter print, String line) {
        print.println(line);
        print.flush();
    }
}
