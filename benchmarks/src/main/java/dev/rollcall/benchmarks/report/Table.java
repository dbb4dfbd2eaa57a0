package dev.rollcall.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of texts, for the page and for Markdown. The first column names the row; all others are
 * numbers.
 *
 * @param title what it answers
 * @param note what the reader must know, or empty
 * @param columns the headings
 * @param rows as many cells each as there are columns
 */
public record Table(String title, String note, List<String> columns, List<List<String>> rows) {
    public Table {
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(title + ": " + columns.size() + " columns, but a row " + row);
            }
        }
    }

    String toMarkdown() {
        return toMarkdown("");
    }

    /** Without the title. */
    String bodyToMarkdown() {
        return paragraphs(note) + rowsToMarkdown();
    }

    /** With a paragraph between the note and the table. */
    String toMarkdown(String paragraph) {
        return "### " + title + "\n\n" + paragraphs(note, paragraph) + rowsToMarkdown();
    }

    private String rowsToMarkdown() {
        String head = markdownRow(columns);
        String rule = "|---" + String.join("", Collections.nCopies(columns.size() - 1, "|--:")) + "|\n";
        String body = rows.stream().map(Table::markdownRow).collect(Collectors.joining());
        return head + rule + body + "\n";
    }

    private static String paragraphs(String... texts) {
        return Stream.of(texts)
                .filter(text -> !text.isEmpty())
                .map(text -> text + "\n\n")
                .collect(Collectors.joining());
    }

    private static String markdownRow(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
