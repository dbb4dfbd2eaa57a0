package dev.rollcall.stress;

import dev.rollcall.stress.check.CheckCommand;
import dev.rollcall.stress.clients.ClientsCommand;
import dev.rollcall.stress.drift.DriftReplay;
import dev.rollcall.stress.gateway.GatewayCommand;
import dev.rollcall.stress.mutants.MutantsCommand;
import dev.rollcall.stress.mutation.SurvivorsCommand;
import dev.rollcall.stress.run.Races;
import dev.rollcall.stress.run.RacesCommand;
import dev.rollcall.stress.soak.SoakCommand;
import dev.rollcall.stress.spec.SpecCheck;
import dev.rollcall.stress.storm.FleetCommand;
import dev.rollcall.stress.storm.StormCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line of the suite. Without a subcommand it runs the races.
 *
 * <pre>
 * java -jar stress/target/rollcall-stress.jar                      all races, short
 * java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeout  one race
 * java -jar stress/target/rollcall-stress.jar -t Control_          all controls
 * java -jar stress/target/rollcall-stress.jar -h                   what else there is
 * </pre>
 */
@Command(
        name = "rollcall-stress",
        header = "Rollcall's concurrency-verification suite. Without a subcommand it runs the races.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything held",
            "1:something did not hold, or the run broke down",
            "2:the call is wrong; nothing was run"
        },
        subcommands = {
            RacesCommand.class,
            CheckCommand.class,
            DriftReplay.class,
            SoakCommand.class,
            SpecCheck.class,
            SurvivorsCommand.class,
            MutantsCommand.class,
            GatewayCommand.class,
            StormCommand.class,
            FleetCommand.class,
            ClientsCommand.class,
        })
public final class StressMain extends Races {
    private StressMain() {}

    /** The whole command line, ready to execute; errors of the call go to standard error. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new StressMain());
        addHelp(line.getCommandSpec());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    private static void addHelp(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this text.")
                .build());
        command.subcommands().values().forEach(each -> addHelp(each.getCommandSpec()));
    }

    /** Runs what is asked for and exits with the status that {@code -h} documents. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
