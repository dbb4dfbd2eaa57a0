package dev.rollcall.stress.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The judgement over PIT's report as a command. */
@Command(
        name = "survivors",
        header = "Compares the mutants that survived the unit tests with the list of those that are justified.",
        sortOptions = false)
public final class SurvivorsCommand implements Callable<Integer> {
    @Option(names = "--report", paramLabel = "FILE", required = true, description = "PIT's mutations.xml.")
    private Path report;

    @Option(
            names = "--of",
            paramLabel = "DIR",
            required = true,
            description = "The classes that were mutated: none may be newer than the report.")
    private Path mutated;

    @Option(
            names = "--classes",
            paramLabel = "GLOBS",
            required = true,
            description = "Which classes were to be mutated, separated by commas.")
    private String globs;

    @Option(names = "--list", paramLabel = "FILE", required = true, description = "The justified survivors.")
    private Path list;

    @Option(
            names = "--stress",
            paramLabel = "DIR",
            required = true,
            description = "The stress module, whose files are the proofs.")
    private Path stress;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the result goes, as JSON.")
    private Path out;

    /** Made by the command line. */
    public SurvivorsCommand() {}

    @Override
    public Integer call() throws IOException {
        // What an earlier run left must not pass for the result of this one.
        Files.deleteIfExists(out);
        List<String> failures;
        try {
            SurvivorCheck check = SurvivorCheck.judge(report, list, globs, stress);
            check.requireNewerThan(mutated, report);
            failures = check.failures();
            Files.createDirectories(out.toAbsolutePath().getParent());
            Files.writeString(out, check.json(globs));
            System.out.println(check.summary());
        } catch (IOException | IllegalArgumentException e) {
            failures = List.of(e.toString());
        }
        failures.forEach(failure -> System.out.println("FAILED  " + failure));
        return failures.isEmpty() ? 0 : 1;
    }
}
