package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.report.EvidenceSummary;
import dev.rollcall.benchmarks.report.MarkdownTables;
import dev.rollcall.benchmarks.report.PictureFiles;
import dev.rollcall.benchmarks.report.Report;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.run.Campaign;
import dev.rollcall.benchmarks.run.Selection;
import dev.rollcall.benchmarks.run.Smoke;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program. What is no command of its own goes to JMH. */
@Command(
        name = "rollcall-benchmarks",
        header = "Rollcall's benchmarks and its report.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Anything else goes to JMH: a regular expression that chooses benchmarks, and its options.",
            "\"jmh -h\" shows them, and \"-l\" lists the benchmarks."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything held",
            "1:something did not hold, or a file could not be read or written",
            "2:the call is wrong; nothing was run"
        })
public final class BenchmarksMain {
    private static final String SECONDS = "180";

    /** Hands the options that follow to JMH, which has a -h of its own. */
    private static final String JMH = "jmh";

    @Spec
    private CommandSpec spec;

    /** What is measured. */
    static final class Choice {
        @Option(names = "--headlines", required = true, description = "Measures only most of what the README shows.")
        private boolean isHeadlines;

        @Option(names = "--goals", required = true, description = "Measures only what the goals are about.")
        private boolean isGoals;

        @Option(
                names = "--goal",
                required = true,
                paramLabel = "REGEX",
                description =
                        "Measures only what those goals are about whose question the regular expression is found in.")
        private Pattern goal;

        @Option(names = "--curves", required = true, description = "Measures only writes over reads of the count.")
        private boolean isCurves;

        @Option(
                names = "--subjects",
                required = true,
                description = "Measures only what each subject of the stress module's check costs.")
        private boolean isSubjects;

        Campaign campaign() {
            return goal == null ? Campaign.of(selection()) : Campaign.ofGoals(goal);
        }

        private Selection selection() {
            if (isHeadlines) {
                return Selection.HEADLINES;
            }
            if (isGoals) {
                return Selection.GOALS;
            }
            if (isSubjects) {
                return Selection.SUBJECTS;
            }
            return isCurves ? Selection.CURVES : Selection.EVERYTHING;
        }
    }

    private BenchmarksMain() {}

    /** The whole command line, ready to execute; errors of the call go to standard error. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new BenchmarksMain());
        line.getSubcommands().values().forEach(each -> addHelp(each.getCommandSpec()));
        addHelp(line.getCommandSpec());
        return line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (!(exception instanceof IOException)) {
                        throw exception;
                    }
                    String what = exception instanceof NoSuchFileException
                            ? "there is no file " + exception.getMessage()
                            : exception.getMessage();
                    command.getErr().println("cannot read or write: " + what);
                    return 1;
                });
    }

    private static void addHelp(CommandSpec command) {
        if (command.findOption("-h") == null) {
            command.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Shows this text.")
                    .build());
        }
    }

    /** Runs the program and exits with the status that {@code -h} documents. */
    public static void main(String[] args) throws IOException, RunnerException {
        List<String> all = List.of(args);
        String first = all.isEmpty() ? "-h" : all.get(0);
        CommandLine line = commandLine();
        if (line.getSubcommands().containsKey(first) || Set.of("-h", "--help").contains(first)) {
            System.exit(line.execute(all.isEmpty() ? new String[] {first} : args));
        }
        String wrong = complaint(first);
        if (!wrong.isEmpty()) {
            System.err.println(wrong);
            System.exit(2);
        }
        org.openjdk.jmh.Main.main(first.equals(JMH) ? all.subList(1, all.size()).toArray(String[]::new) : args);
    }

    /** What is wrong with the first argument, if it is to choose benchmarks; or nothing. */
    static String complaint(String first) {
        if (first.equals(JMH) || first.startsWith("-")) {
            return "";
        }
        try {
            Pattern chosen = Pattern.compile(first);
            return Smoke.listed().stream().anyMatch(name -> chosen.matcher(name).find())
                    ? ""
                    : "'" + first
                            + "' is no command and chooses no benchmark; -l lists the benchmarks, and the commands are "
                            + String.join(
                                    ", ",
                                    commandLine().getCommandSpec().subcommands().keySet());
        } catch (PatternSyntaxException e) {
            return "'" + first + "' is no regular expression: " + e.getDescription();
        }
    }

    @Command(
            name = "smoke",
            aliases = "--smoke",
            description = "Runs every benchmark once, briefly, to see that each works. Takes a minute or two.")
    int smoke() throws RunnerException {
        System.out.println("Every benchmark once, briefly; takes a minute or two.");
        return ended(Smoke.run(System.out));
    }

    @Command(
            name = "measure",
            aliases = "--measure",
            description = "Measures into a results file: every question, unless one of the options chooses fewer.")
    int measure(
            @Parameters(paramLabel = "FILE", description = "The results file to write.") Path file,
            @ArgGroup Choice choice,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = SECONDS,
                            description = "How long to measure, in seconds. Default: ${DEFAULT-VALUE}.")
                    long seconds,
            @Option(
                            names = "--allow-changes",
                            description = "Also measures sources with local changes, and marks the results.")
                    boolean allowsChanges)
            throws IOException {
        checkSeconds(seconds);
        Campaign campaign = campaign(choice);
        return ended(
                allowsChanges ? campaign.run(seconds, file, System.out) : campaign.ofCommit(seconds, file, System.out));
    }

    @Command(name = "tables", aliases = "--tables", description = "Prints the goals of results files as Markdown.")
    int tables(@Parameters(paramLabel = "FILE", arity = "1..*", description = "Results files.") List<Path> files)
            throws IOException {
        List<ResultsFile> results = new ArrayList<>();
        for (Path file : files) {
            results.add(ResultsFile.read(file));
        }
        spec.commandLine().getOut().print(MarkdownTables.goals(results));
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(name = "details", aliases = "--details", description = "Prints everything in a results file as Markdown.")
    int details(@Parameters(paramLabel = "FILE", description = "A results file.") Path file) throws IOException {
        spec.commandLine().getOut().print(MarkdownTables.details(ResultsFile.read(file)));
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(name = "picture", aliases = "--picture", description = "Draws the README's pictures of a results file.")
    int picture(
            @Parameters(paramLabel = "FILE", description = "A results file.") Path file,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the pictures.")
                    Path out)
            throws IOException {
        PictureFiles.write(ResultsFile.read(file), out);
        return 0;
    }

    @Command(
            name = "report",
            aliases = "--report",
            description =
                    "Writes the report, with a new run of a few benchmarks, with a results file, or without figures.")
    int report(
            @Option(
                            names = "--stress-results",
                            required = true,
                            paramLabel = "DIR",
                            description = "Where jcstress left its results: stress/target/jcstress.")
                    Path stressResults,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "The report's folder.")
                    Path out,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = SECONDS,
                            description = "How long to measure, in seconds. Default: ${DEFAULT-VALUE}.")
                    long seconds,
            @Option(
                            names = "--results",
                            paramLabel = "FILE",
                            description = "A results file with the figures; nothing is measured.")
                    Path measured,
            @Option(
                            names = "--without-figures",
                            description = "Nothing is measured, and the report is complete without figures of speed.")
                    boolean isWithoutFigures,
            @Option(
                            names = "--subjects",
                            paramLabel = "FILE",
                            description = "A results file with what the subjects of the check cost.")
                    Path subjects)
            throws IOException {
        checkSeconds(seconds);
        Files.createDirectories(out);
        Path costs = out.resolve(Report.COSTS);
        Files.deleteIfExists(costs);
        if (subjects != null) {
            Files.write(costs, Files.readAllBytes(subjects));
        }
        Path results = out.resolve("jmh.json");
        List<String> failures = new ArrayList<>();
        if (measured != null) {
            Files.write(results, Files.readAllBytes(measured));
            failures.addAll(Campaign.of(Selection.REPORT).missing(ResultsFile.read(results)));
        } else {
            Files.deleteIfExists(results);
            if (!isWithoutFigures) {
                failures.addAll(Campaign.of(Selection.REPORT).run(seconds, results, System.out));
            }
        }
        Report.Extent extent = isWithoutFigures ? Report.Extent.WITHOUT_FIGURES : Report.Extent.WHOLE;
        Report.Written report = Report.write(stressResults, out, extent, failures);
        EvidenceSummary.print(report, System.out);
        System.out.println((isWithoutFigures ? "Report, without figures of speed: " : "Report: ")
                + out.resolve("index.html").toAbsolutePath().normalize());
        return ended(report.failures());
    }

    private Campaign campaign(Choice choice) {
        try {
            return choice == null ? Campaign.of(Selection.EVERYTHING) : choice.campaign();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void checkSeconds(long seconds) {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1: " + seconds);
        }
    }

    private static int ended(List<String> failures) {
        failures.forEach(failure -> System.out.println("FAILED  " + failure));
        return failures.isEmpty() ? 0 : 1;
    }
}
