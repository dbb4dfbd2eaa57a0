package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.CheckFile.Cell;
import dev.rollcall.benchmarks.report.CheckFile.Subject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which session managers keep which promise, in short; their own page has the rest. */
final class CheckSection {
    private CheckSection() {}

    static String html(CheckFile file) {
        List<Cell> first =
                file.subjects().isEmpty() ? List.of() : file.subjects().get(0).cells();
        String heads = first.stream()
                .map(cell -> "<th>" + words(cell.promise()) + "</th>")
                .collect(Collectors.joining());
        String rows = file.subjects().stream().map(CheckSection::row).collect(Collectors.joining("\n"));
        return Html.paragraph(
                        "The same races of two threads over any session manager, by a small adapter. \"Held\" means that"
                                + " no sample broke the promise; a share is that of the race that broke it most often.")
                + "<p><a href=\"check.html\">How each of them breaks, with the programs that show it</a></p>\n"
                + "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>subject</th>" + heads
                + "</tr></thead>\n<tbody>\n" + rows + "\n</tbody></table></div>\n";
    }

    private static String row(Subject subject) {
        return "<tr><th>" + Html.escape(subject.title()) + " <span class=\"note\">" + Html.escape(subject.version())
                + "</span></th>"
                + subject.cells().stream().map(CheckSection::cell).collect(Collectors.joining()) + "</tr>";
    }

    private static String cell(Cell cell) {
        return switch (String.valueOf(cell.status())) {
            case "HELD" -> "<td>" + Html.verdict(true, "held") + "</td>";
            case "BROKEN" ->
                "<td title=\"" + Html.escape(cell.order()) + "\">" + Html.verdict(false, "broken " + share(cell))
                        + "</td>";
            case "NOT_OFFERED" -> "<td class=\"note\">not offered</td>";
            default -> "<td title=\"" + Html.escape(cell.order()) + "\">" + Html.verdict(false, "red") + "</td>";
        };
    }

    private static String share(Cell cell) {
        double percent = 100.0 * cell.broken() / cell.samples();
        return percent < 0.1
                ? Html.number(cell.broken())
                : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    private static String words(String promise) {
        return Html.escape(promise.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
