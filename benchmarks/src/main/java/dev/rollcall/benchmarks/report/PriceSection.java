package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.stream.Collectors;

/** What exactness costs: the goals, then every question with table, chart and cause. */
final class PriceSection {
    private PriceSection() {}

    static String html(ResultsFile file) {
        Provenance run = file.run();
        String intro =
                "JMH, in forks that are interleaved: every cell once, then every cell again. Ratios compare like with"
                        + " like; the absolute numbers are this machine's. The run that belongs to a report is short and its errors"
                        + " are wide; published numbers come from longer ones.";
        return Html.paragraph(intro)
                + "<p class=\"note\">" + Html.escape(run.machine()) + ". " + Html.escape(run.jdk()) + ". Commit "
                + Html.escape(run.commit()) + ". <code>" + Html.escape(run.command()) + "</code></p>\n"
                + new GoalTable(file)
                        .table()
                        .map(table -> "<div class=\"goals\">" + table.toHtml() + "</div>\n")
                        .orElse("")
                + new RatioTable(file).table().map(Table::toHtml).orElse("")
                + new Questions(file).all().stream().map(Question::toHtml).collect(Collectors.joining());
    }
}
