package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.report.MarkdownTables;
import dev.rollcall.benchmarks.report.PictureFiles;
import dev.rollcall.benchmarks.report.Report;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.run.Campaign;
import dev.rollcall.benchmarks.run.Selection;
import dev.rollcall.benchmarks.run.Smoke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The program. Without one of its own options it is JMH's: {@code -h}, {@code -l}, a regular
 * expression that chooses benchmarks, and so on.
 *
 * <p>Exit status 1 if something that had to hold did not, 2 if the options are wrong.
 */
public final class BenchmarksMain {
    private static final String USAGE = """
            usage: --smoke                              every benchmark once, briefly
                   --measure FILE [--headlines | --goals | --curves] [--seconds N] [--allow-changes]
                                                        every question, only the README's, only the goals, or
                                                        only the curves of writes over reads, into a results file
                   --tables FILE...                     the goals of results files, as Markdown
                   --details FILE                       everything in a results file, as Markdown
                   --picture FILE --out DIR             the README's pictures of a results file
                   --report --stress-results DIR --out DIR [--seconds N | --results FILE]
                                                        the report, from a new run or a results file
                   anything else                        as JMH: -h tells""";

    private BenchmarksMain() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length == 0 || !Arguments.isOwn(args[0])) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        List<String> failures;
        try {
            failures = run(arguments);
        } catch (IOException e) {
            failures = List.of("cannot read or write: " + e);
        }
        failures.forEach(failure -> System.out.println("FAILED  " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static List<String> run(Arguments arguments) throws IOException, RunnerException {
        return switch (arguments.mode()) {
            case SMOKE -> Smoke.run(System.out);
            case MEASURE ->
                arguments.allowsChanges()
                        ? Campaign.run(
                                arguments.selection(),
                                arguments.seconds(),
                                arguments.files().get(0),
                                System.out)
                        : Campaign.ofCommit(
                                arguments.selection(),
                                arguments.seconds(),
                                arguments.files().get(0),
                                System.out);
            case TABLES -> {
                List<ResultsFile> files = new ArrayList<>();
                for (Path file : arguments.files()) {
                    files.add(ResultsFile.read(file));
                }
                System.out.print(MarkdownTables.goals(files));
                yield List.of();
            }
            case DETAILS -> {
                System.out.print(MarkdownTables.details(
                        ResultsFile.read(arguments.files().get(0))));
                yield List.of();
            }
            case PICTURE -> {
                PictureFiles.write(ResultsFile.read(arguments.files().get(0)), arguments.out());
                yield List.of();
            }
            case REPORT -> report(arguments);
        };
    }

    private static List<String> report(Arguments arguments) throws IOException {
        Path out = arguments.out();
        Files.createDirectories(out);
        Path results = out.resolve("jmh.json");
        List<String> failures = new ArrayList<>();
        if (arguments.files().isEmpty()) {
            Files.deleteIfExists(results);
            failures.addAll(Campaign.run(Selection.REPORT, arguments.seconds(), results, System.out));
        } else {
            Files.write(results, Files.readAllBytes(arguments.files().get(0)));
            failures.addAll(Campaign.missing(Selection.REPORT, ResultsFile.read(results)));
        }
        failures.addAll(Report.write(arguments.stressResults(), out, failures));
        System.out.println(
                "Report: " + out.resolve("index.html").toAbsolutePath().normalize());
        return failures;
    }
}
