package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.VerdictFile.Outcome;
import dev.rollcall.benchmarks.report.VerdictFile.Test;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The verdict matrix: every race, what it was run against, and which controls it caught. */
final class VerdictSection {
    private VerdictSection() {}

    static String html(VerdictFile file, boolean hasRawPages) {
        String intro =
                "jcstress on real threads. A race is red if anything forbidden was seen, if a test did not run, or"
                        + " if a control (a deliberately defective implementation) was not caught. Profile "
                        + file.profile()
                        + ", " + file.seconds() + " s, " + file.jdk() + ", " + file.os() + ", " + file.processors()
                        + " processors; JVM modes: " + String.join(", ", file.jvmModes()) + ".";
        String rows = file.byFile().entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        return Html.paragraph(intro)
                + "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>race</th><th>guarantees</th>"
                + "<th>held by</th><th class=\"right\">samples</th><th>controls caught, in how many samples</th><th>verdict</th>"
                + "</tr></thead>\n<tbody>\n" + rows + "\n</tbody></table></div>\n"
                + details(file.byFile())
                + (hasRawPages
                        ? "<p>jcstress' own pages: <a href=\"jcstress/index.html\">every test in every mode</a>.</p>\n"
                        : "");
    }

    private static String row(String group, List<Test> tests) {
        List<Test> sound = tests.stream().filter(test -> !test.isControl()).toList();
        List<Test> controls = tests.stream().filter(Test::isControl).toList();
        boolean passed = tests.stream().allMatch(Test::isPassed);
        long samples = sound.stream().mapToLong(Test::samples).sum();
        return "<tr><th><code>" + Html.escape(group) + "</code></th><td>" + guarantees(tests) + "</td><td>"
                + sound.stream().map(VerdictSection::chip).collect(Collectors.joining(" "))
                + "</td><td class=\"right\">"
                + Html.number(samples) + "</td><td>"
                + controls.stream().map(VerdictSection::control).collect(Collectors.joining("<br>")) + "</td><td>"
                + Html.verdict(passed, passed ? "passed" : "FAILED") + "</td></tr>";
    }

    private static String guarantees(List<Test> tests) {
        return tests.stream()
                .flatMap(test -> test.guarantees().stream())
                .distinct()
                .map(Html::escape)
                .collect(Collectors.joining(" "));
    }

    private static String chip(Test test) {
        return "<span class=\"chip " + (test.isPassed() ? "good" : "bad") + "\">" + Html.escape(test.variant())
                + "</span>";
    }

    private static String control(Test test) {
        String share = test.samples() == 0 ? "" : String.format(Locale.ROOT, " of %,d", test.samples());
        return "<span class=\"chip " + (test.isPassed() ? "good" : "bad") + "\">" + Html.escape(test.variant())
                + "</span> <b>" + Html.number(test.interesting()) + "</b>" + share + " <span class=\"note\">"
                + Html.escape(test.mechanism()) + ": " + Html.escape(test.reproduces()) + "</span>";
    }

    private static String details(Map<String, List<Test>> files) {
        String tests = files.values().stream()
                .flatMap(List::stream)
                .map(VerdictSection::outcomes)
                .collect(Collectors.joining("\n"));
        return "<details><summary>Every outcome of every test</summary>\n" + tests + "</details>\n";
    }

    private static String outcomes(Test test) {
        String failures = test.failures().isEmpty() ? "" : Html.list(test.failures());
        String rows = test.outcomes().stream().map(VerdictSection::outcome).collect(Collectors.joining());
        return "<h4>" + Html.verdict(test.isPassed(), test.isPassed() ? "passed" : "FAILED") + " <code>"
                + Html.escape(test.name()) + "</code></h4>" + failures
                + "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>outcome</th><th>grade</th>"
                + "<th class=\"right\">samples</th><th>meaning</th></tr></thead><tbody>" + rows
                + "</tbody></table></div>\n";
    }

    private static String outcome(Outcome outcome) {
        return "<tr><td><code>" + Html.escape(outcome.id()) + "</code></td><td>" + Html.escape(grade(outcome))
                + "</td><td class=\"right\">" + Html.number(outcome.count()) + "</td><td>"
                + Html.escape(outcome.description()) + "</td></tr>";
    }

    private static String grade(Outcome outcome) {
        return outcome.grade().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
