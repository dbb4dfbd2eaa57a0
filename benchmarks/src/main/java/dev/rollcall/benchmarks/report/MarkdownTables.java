package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results files as Markdown: published numbers are generated, never typed. */
public final class MarkdownTables {
    private MarkdownTables() {}

    /** Goals, curves and the costs of subjects, file by file, with where the numbers come from: for the README. */
    public static String goals(List<ResultsFile> files) {
        return files.stream().map(MarkdownTables::goals).collect(Collectors.joining("\n"));
    }

    private static String goals(ResultsFile file) {
        String tables = Stream.of(
                        new GoalTable(file).table().stream(),
                        CurveTable.of(file).stream(),
                        SubjectCosts.of(file).map(SubjectCosts::table).stream())
                .flatMap(each -> each)
                .map(Table::bodyToMarkdown)
                .collect(Collectors.joining());
        return tables.isEmpty() ? "" : "**" + file.run().jdk() + "**\n\n" + tables + provenance(file);
    }

    /** Everything that a file answers. */
    public static String details(ResultsFile file) {
        String tables = all(file).stream().map(Table::toMarkdown).collect(Collectors.joining());
        String unused = file.unused().isEmpty()
                ? ""
                : file.unused().stream()
                        .map(fork -> "- " + fork)
                        .collect(Collectors.joining("\n", "Forks that were not used:\n\n", "\n\n"));
        return tables + unused + provenance(file);
    }

    /** The tables of everything that a file answers. */
    static List<Table> all(ResultsFile file) {
        return Stream.of(
                        new GoalTable(file).table().stream(),
                        CurveTable.of(file).stream(),
                        Question.tables(file).stream(),
                        SubjectCosts.of(file).map(SubjectCosts::table).stream())
                .flatMap(tables -> tables)
                .toList();
    }

    private static String provenance(ResultsFile file) {
        return """
                Machine: %s. JDK: %s. Commit: %s. Finished: %s. Command: `%s`
                """.formatted(
                        file.run().machine(),
                        file.run().jdk(),
                        file.run().commit(),
                        file.run().finished(),
                        file.run().command());
    }
}
