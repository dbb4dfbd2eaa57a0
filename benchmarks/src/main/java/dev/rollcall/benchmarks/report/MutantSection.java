package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.MutantsFile.Catch;
import dev.rollcall.benchmarks.report.MutantsFile.Mutant;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which defect of the library was noticed by what, and how soon. */
final class MutantSection {
    private MutantSection() {}

    static String html(MutantsFile file) {
        return Html.paragraph("Each of these defects was put into a copy of the library's sources. The checks named"
                        + " beside it, which are those that the library itself has to pass, then ran against the copy,"
                        + " a race with at most as many samples as it took against the library.")
                + "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>defect</th><th>breaks</th>"
                + "<th>noticed by</th><th class=\"right\">how often</th><th class=\"right\">seconds</th></tr></thead>\n"
                + "<tbody>\n"
                + file.mutants().stream().map(MutantSection::rows).collect(Collectors.joining())
                + "</tbody></table></div>\n";
    }

    private static String rows(Mutant mutant) {
        StringBuilder rows = new StringBuilder();
        String first = "<th rowspan=\"" + Math.max(1, mutant.catches().size()) + "\"><b>" + Html.escape(mutant.name())
                + "</b><br>" + Html.escape(mutant.defect()) + "<br><span class=\"note\">" + Html.escape(mutant.real())
                + "</span></th><td rowspan=\"" + Math.max(1, mutant.catches().size()) + "\">"
                + Html.escape(String.join(" ", mutant.guarantees()) + " · " + String.join(" ", mutant.invariants()))
                + "</td>";
        for (Catch one : mutant.catches()) {
            rows.append("<tr>").append(rows.isEmpty() ? first : "").append(cells(one));
            rows.append("</tr>\n");
        }
        return rows.isEmpty()
                ? "<tr>" + first + "<td colspan=\"3\">" + Html.verdict(false, "NOT RUN") + "</td></tr>\n"
                : rows.toString();
    }

    private static String cells(Catch one) {
        return "<td><code>" + Html.escape(one.by()) + "</code></td><td class=\"right\">"
                + Html.verdict(one.caught(), one.rate()) + "</td><td class=\"right\">"
                + String.format(Locale.ROOT, "%.1f", one.seconds()) + "</td>";
    }
}
