package dev.rollcall.stress.check;

import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Line;
import dev.rollcall.stress.check.CheckResult.Race;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.check.CheckResult.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code check.html}: one page without anything outside it. Every text from outside is escaped. */
final class CheckPage {
    private CheckPage() {}

    static String html(CheckResult result) {
        String rows = result.subjects().stream().map(CheckPage::row).collect(Collectors.joining("\n"));
        String details = result.subjects().stream().map(CheckPage::details).collect(Collectors.joining("\n"));
        String promises = Stream.of(Promise.values())
                .map(promise -> "<dt>" + promise.label() + " (" + promise.guarantee() + ")</dt><dd>"
                        + escape(promise.meaning()) + "</dd>")
                .collect(Collectors.joining("\n"));
        String heads = Stream.of(Promise.values())
                .map(promise ->
                        "<th scope=\"col\" title=\"" + escape(promise.meaning()) + "\">" + promise.label() + "</th>")
                .collect(Collectors.joining());
        return resource("check.html")
                .replace("$intro$", escape(intro(result)))
                .replace("$heads$", heads)
                .replace("$rows$", rows)
                .replace("$details$", details)
                .replace("$promises$", promises);
    }

    private static String intro(CheckResult result) {
        return String.format(
                Locale.ROOT,
                "%d of %d session managers held everything that they offer. Checked on %s, %s, %d processors, %s, in %d"
                        + " seconds.",
                result.passed(),
                result.subjects().size(),
                result.jdk(),
                result.os(),
                result.processors(),
                result.finished(),
                result.seconds());
    }

    private static String row(Subject subject) {
        return "<tr><th scope=\"row\"><a href=\"#" + escape(subject.name()) + "\">" + escape(subject.title()) + "</a> "
                + "<small>" + escape(subject.version()) + "</small></th>"
                + subject.cells().stream().map(CheckPage::cell).collect(Collectors.joining())
                + "</tr>";
    }

    private static String cell(Cell cell) {
        String label = "<span class=\"label\">" + cell.promise().label() + "</span> ";
        return switch (cell.status()) {
            case HELD -> "<td class=\"held\">" + label + "held</td>";
            case BROKEN ->
                "<td class=\"broken\" title=\"" + escape(cell.order()) + "\">" + label + "broken <small>"
                        + CheckTable.share(cell) + "</small></td>";
            case NOT_OFFERED ->
                "<td class=\"none\" title=\"" + escape(cell.order()) + "\">" + label + "not offered</td>";
            case NOT_JUDGED -> "<td class=\"broken\" title=\"" + escape(cell.order()) + "\">" + label + "red</td>";
        };
    }

    private static String details(Subject subject) {
        StringBuilder html = new StringBuilder("<section id=\"" + escape(subject.name()) + "\"><h2>"
                + escape(subject.title() + ' ' + subject.version()) + "</h2>\n");
        if (!subject.assumes().isEmpty()) {
            html.append("<p>").append(escape(subject.assumes())).append("</p>\n");
        }
        subject.unexpected()
                .forEach(what -> html.append("<p class=\"broken\">Not as expected: ")
                        .append(escape(what))
                        .append("</p>\n"));
        html.append("<ul>\n");
        for (Cell cell : subject.cells()) {
            if (cell.status() == Status.BROKEN) {
                html.append(String.format(
                        Locale.ROOT,
                        "<li><b>%s</b>: broken in %s of %,d samples of %s.<br>%s</li>%n",
                        cell.promise().label(),
                        CheckTable.share(cell),
                        cell.samples(),
                        cell.race(),
                        escape(cell.order())));
            } else if (cell.status() == Status.HELD && !cell.order().isEmpty()) {
                html.append("<li><b>" + cell.promise().label() + "</b>: held" + escape(CheckTable.rareOrder(cell))
                        + "</li>\n");
            } else if (cell.status() == Status.NOT_JUDGED) {
                html.append("<li class=\"broken\"><b>" + cell.promise().label() + "</b>: " + escape(cell.order())
                        + "</li>\n");
            }
        }
        html.append("</ul>\n");
        subject.cells().stream()
                .map(Cell::program)
                .filter(program -> !program.isEmpty())
                .distinct()
                .forEach(program -> html.append("<details><summary>A program that shows it alone: ")
                        .append(escape(program))
                        .append("</summary><pre tabindex=\"0\">")
                        .append(escape(resource("/" + program.replace('.', '/') + ".java")))
                        .append("</pre></details>\n"));
        return html.append("<details><summary>All races of ")
                .append(escape(subject.title()))
                .append("</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Races\"><table>"
                        + "<caption>Each race and what was seen in its samples, most frequent first</caption>"
                        + "<thead><tr><th scope=\"col\">race</th><th scope=\"col\">samples</th>"
                        + "<th scope=\"col\">what was seen</th></tr></thead>\n")
                .append(subject.races().stream().map(CheckPage::race).collect(Collectors.joining("\n")))
                .append("</table></div></details></section>\n")
                .toString();
    }

    private static String race(Race race) {
        String seen = race.failure() != null
                ? "<span class=\"broken\">" + escape(race.failure()) + "</span>"
                : race.lines().stream().map(CheckPage::line).collect(Collectors.joining("<br>"));
        return String.format(
                Locale.ROOT,
                "<tr><th scope=\"row\">%s</th><td>%,d</td><td>%s</td></tr>",
                race.name(),
                race.samples(),
                seen);
    }

    private static String line(Line line) {
        String text = Stream.of(Promise.values())
                .filter(promise -> promise.orderIn(line.text()) != null)
                .map(promise -> "<span class=\"broken\">" + promise.label() + " broken: "
                        + escape(promise.orderIn(line.text())) + "</span>")
                .collect(Collectors.joining("; "));
        return String.format(Locale.ROOT, "%,d × %s", line.samples(), text.isEmpty() ? escape(line.text()) : text);
    }

    private static String resource(String name) {
        try (InputStream in = CheckPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name + " in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
