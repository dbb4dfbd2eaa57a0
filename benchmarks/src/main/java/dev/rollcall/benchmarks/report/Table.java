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
record Table(String title, String note, List<String> columns, List<List<String>> rows) {
    Table {
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(title + ": " + columns.size() + " columns, but a row " + row);
            }
        }
    }

    String toHtml() {
        return "<h3>" + Html.escape(title) + "</h3>\n" + bodyToHtml();
    }

    /** Without the title. */
    String bodyToHtml() {
        String head = columns.stream()
                .map(column -> "<th>" + Html.escape(column) + "</th>")
                .collect(Collectors.joining());
        String body = rows.stream().map(Table::htmlRow).collect(Collectors.joining("\n"));
        String caption = note.isEmpty() ? "" : "<p class=\"note\">" + Html.escape(note) + "</p>";
        return caption + "<div class=\"scroll\"><table class=\"numbers\"><thead><tr>" + head
                + "</tr></thead>\n<tbody>\n" + body + "\n</tbody></table></div>\n";
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

    private static String htmlRow(List<String> row) {
        String cells = row.stream()
                .skip(1)
                .map(cell -> "<td>" + Html.escape(cell) + "</td>")
                .collect(Collectors.joining());
        return "<tr><th>" + Html.escape(row.get(0)) + "</th>" + cells + "</tr>";
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
