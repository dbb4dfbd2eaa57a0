package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import java.util.Optional;

/**
 * The page. A part whose input is missing is left out; the reason is among the failures.
 *
 * @param evidence the kinds of evidence
 * @param drift the drift replay
 * @param check which session managers keep which promise
 * @param verdict the stress verdict
 * @param mutants what noticed which defect of the library
 * @param prices the benchmark results
 * @param failures everything that makes the report red
 * @param hasRawPages whether jcstress' own pages lie beside it
 */
record Page(
        List<Evidence> evidence,
        Optional<DriftFile> drift,
        Optional<CheckFile> check,
        Optional<VerdictFile> verdict,
        Optional<MutantsFile> mutants,
        Optional<ResultsFile> prices,
        List<String> failures,
        boolean hasRawPages) {

    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Rollcall report: %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s%s%s%s%s%s%s%s%s%s
                </main>
                </body>
                </html>
                """.formatted(
                        failures.isEmpty() ? "passed" : "FAILED",
                        Style.CSS,
                        banner(),
                        drift.map(file -> Html.section("drift", "The drift, replayed", DriftSection.html(file)))
                                .orElse(""),
                        check.map(file -> Html.section("check", "Who keeps their count", CheckSection.html(file)))
                                .orElse(""),
                        Html.section("evidence", "Eight kinds of evidence", EvidenceSection.html(evidence)),
                        verdict.map(file -> Html.section(
                                        "proof",
                                        "The proof: every race, every control",
                                        VerdictSection.html(file, hasRawPages)))
                                .orElse(""),
                        verdict.map(file -> Html.section("guarantees", "The guarantees", GuaranteeSection.html(file)))
                                .orElse(""),
                        mutants.map(file -> Html.section(
                                        "mutants", "Which defect is noticed by what", MutantSection.html(file)))
                                .orElse(""),
                        prices.map(file -> Html.section("price", "The price of exactness", PriceSection.html(file)))
                                .orElse(""),
                        Html.section("limits", "What is not proved", LimitsSection.html()),
                        Html.section("making", "How this was made", making()));
    }

    private String banner() {
        boolean green = failures.isEmpty();
        String headline = green
                ? "Passed: nothing forbidden was seen, every control was caught, Rollcall did not drift."
                : "FAILED: " + failures.size() + (failures.size() == 1 ? " reason" : " reasons");
        return "<header>\n<h1>Rollcall</h1>\n<p class=\"banner " + (green ? "good" : "bad") + "\">"
                + Html.escape(headline) + "</p>\n" + (green ? "" : Html.list(failures)) + "<div class=\"figures\">"
                + figures() + "</div>\n</header>\n";
    }

    private String figures() {
        StringBuilder figures = new StringBuilder();
        verdict.ifPresent(file -> {
            long samples =
                    file.tests().stream().mapToLong(VerdictFile.Test::samples).sum();
            long caught = file.controls().stream()
                    .filter(test -> test.interesting() > 0)
                    .count();
            long held = file.soundTests().stream()
                    .filter(VerdictFile.Test::isPassed)
                    .count();
            figures.append(figure(held + " of " + file.soundTests().size(), "tests of the manager passed"));
            figures.append(figure(caught + " of " + file.controls().size(), "controls caught"));
            figures.append(figure(Html.number(samples), "samples"));
        });
        drift.ifPresent(file -> file.subjects()
                .forEach(subject -> figures.append(figure(
                        Html.drift(subject.day().drift()) + " / "
                                + Html.drift(subject.race().drift()),
                        subject.name() + ": drift of the day / of the race"))));
        return figures.toString();
    }

    private static String figure(String number, String meaning) {
        return "<div><b>" + Html.escape(number) + "</b><span>" + Html.escape(meaning) + "</span></div>";
    }

    private String making() {
        Provenance run = prices.map(ResultsFile::run).orElseGet(() -> Provenance.here(""));
        return "<dl>" + term("Machine", run.machine()) + term("JDK", run.jdk()) + term("Commit", run.commit())
                + term("Finished", run.finished())
                + "<dt>Again</dt><dd><code>./mvnw -Preport verify</code> makes this page;"
                + " <code>java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeout</code> runs one race;"
                + " <code>java -jar stress/target/rollcall-stress.jar drift</code> the drift; <code>"
                + Html.escape(run.command()) + "</code> the benchmarks.</dd>"
                + "<dt>Raw results</dt><dd>" + raw() + "</dd></dl>\n";
    }

    private String raw() {
        StringBuilder links = new StringBuilder();
        drift.ifPresent(file -> links.append(link("drift.json")));
        check.ifPresent(file -> links.append(link("check.json")));
        verdict.ifPresent(file -> links.append(link("verdict.json")));
        prices.ifPresent(file -> links.append(link("jmh.json")));
        return links.append(hasRawPages ? link("jcstress/index.html") : "").toString();
    }

    private static String link(String file) {
        return "<a href=\"" + file + "\">" + file + "</a> ";
    }

    private static String term(String name, String text) {
        return "<dt>" + name + "</dt><dd>" + Html.escape(text) + "</dd>";
    }
}
