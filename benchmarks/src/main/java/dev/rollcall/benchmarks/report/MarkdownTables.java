package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.stream.Collectors;

/** A results file as Markdown, for the README: published numbers are generated, never typed. */
public final class MarkdownTables {
    private MarkdownTables() {}

    /** All tables, with where the numbers come from. */
    public static String of(ResultsFile file) {
        String tables =
                new PriceTables(file).all().stream().map(Table::toMarkdown).collect(Collectors.joining());
        return tables + provenance(file);
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
