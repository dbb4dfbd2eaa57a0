package dev.rollcall.benchmarks.report;

/**
 * A question with its answer.
 *
 * @param table the numbers
 * @param chart markup, or empty
 * @param cause why the numbers are as they are
 * @param benchmark what to run to get them again, as JMH's option
 */
record Question(Table table, String chart, String cause, String benchmark) {
    String toHtml() {
        return "<h3>" + Html.escape(table.title()) + "</h3>\n" + Html.paragraph(cause) + chart + table.bodyToHtml()
                + "<p class=\"note\">Again: <code>" + Html.escape(command()) + "</code></p>\n";
    }

    String toMarkdown() {
        return table.toMarkdown(cause) + "Again: `" + command() + "`\n\n";
    }

    private String command() {
        return "java -jar benchmarks/target/rollcall-benchmarks.jar " + benchmark;
    }
}
