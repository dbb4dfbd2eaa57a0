package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.VerdictFile.Test;
import dev.rollcall.stress.Guarantee;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The guarantees, each with the races that hold it and the controls that were caught breaking it.
 */
final class GuaranteeSection {
    private GuaranteeSection() {}

    static String html(VerdictFile file) {
        StringBuilder rows = new StringBuilder();
        for (Guarantee guarantee : Guarantee.values()) {
            rows.append(row(guarantee, file));
        }
        return "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>guarantee</th><th>races that hold it</th>"
                + "<th class=\"right\">samples</th><th class=\"right\">controls caught</th><th>in this run</th></tr></thead>\n<tbody>\n"
                + rows + "</tbody></table></div>\n";
    }

    private static String row(Guarantee guarantee, VerdictFile file) {
        List<Test> tests = file.tests().stream()
                .filter(test -> test.guarantees().contains(guarantee.name()))
                .toList();
        List<Test> sound = tests.stream().filter(test -> !test.isControl()).toList();
        long controls = tests.stream().filter(Test::isControl).count();
        long caught = tests.stream()
                .filter(test -> test.isControl() && test.interesting() > 0)
                .count();
        Set<String> races = sound.stream().map(Test::group).collect(Collectors.toCollection(TreeSet::new));
        String samples = tests.isEmpty()
                ? Numbers.NONE
                : Html.number(sound.stream().mapToLong(Test::samples).sum());
        String ofControls = controls == 0 ? Numbers.NONE : caught + " of " + controls;
        return "<tr><th>" + guarantee.name() + ' ' + Html.escape(guarantee.label()) + "</th><td>"
                + races.stream()
                        .map(race -> "<code>" + Html.escape(race) + "</code>")
                        .collect(Collectors.joining(", "))
                + "</td><td class=\"right\">"
                + samples + "</td><td class=\"right\">" + ofControls + "</td><td>" + verdict(tests) + "</td></tr>\n";
    }

    private static String verdict(List<Test> tests) {
        if (tests.isEmpty()) {
            return "<span class=\"note\">no race in this run; see the unit tests</span>";
        }
        boolean held = tests.stream().allMatch(Test::isPassed);
        return Html.verdict(held, held ? "held" : "NOT SHOWN");
    }
}
