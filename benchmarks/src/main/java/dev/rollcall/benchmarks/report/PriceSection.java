package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;

/** What exactness costs: the goals that have a verdict, what they are about as a chart, and the curves. */
final class PriceSection {
    private PriceSection() {}

    static String html(ResultsFile file) {
        Provenance run = file.run();
        String intro =
                "JMH, in forks that are interleaved: every cell once, then every cell again. A fork gives one number, from"
                        + " the iterations on from which it is steady. Ratios compare like with like; the absolute numbers are this"
                        + " machine's.";
        return Html.paragraph(intro)
                + "<p class=\"note\">" + Html.escape(run.machine()) + ". " + Html.escape(run.jdk()) + ". Commit "
                + Html.escape(run.commit()) + ". <code>" + Html.escape(run.command()) + "</code></p>\n"
                + new GoalTable(file)
                        .verdicts()
                        .map(table -> "<div class=\"goals\">" + table.toHtml() + "</div>\n")
                        .orElse("")
                + Charts.lifecycle(file, "Create and destroy per second, by live sessions and threads")
                + curves(file)
                + unused(file);
    }

    private static String curves(ResultsFile file) {
        String answer = Curves.answer(file);
        return answer.isEmpty()
                ? ""
                : "<h3>" + Html.escape(CurveTable.TITLE) + "</h3>\n" + Html.paragraph(answer)
                        + Charts.curves(
                                file, "Writes per second over reads of the count per second, by way of counting");
    }

    private static String unused(ResultsFile file) {
        return file.unused().isEmpty()
                ? ""
                : "<details><summary>Forks that were not used: " + file.unused().size() + "</summary>\n"
                        + Html.list(file.unused()) + "</details>\n";
    }
}
