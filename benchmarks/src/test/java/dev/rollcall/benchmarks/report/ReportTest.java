package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.report.Report.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private Path stress;
    private Path out;

    @BeforeEach
    void writeInputs() throws IOException {
        SampleEvidence.write(folder);
        stress = folder.resolve("stress/target/jcstress");
        out = Files.createDirectories(folder.resolve("report"));
        Files.writeString(stress.resolve("index.html"), "jcstress' own");
        Files.writeString(out.resolve("drift.json"), SampleResults.drift(true));
        Files.writeString(out.resolve("jmh.json"), SampleResults.json());
    }

    @Test
    void write_allGreen_passes() throws IOException {
        assertThat(write()).isEmpty();
        assertThat(page())
                .contains("banner good", "<b>0</b><span>sessions by which Rollcall's count was off")
                .doesNotContain("banner bad", "FAILED", "not run in this profile");
        assertThat(details())
                .contains("double decrement; reproduces a fix", "Caught in 42 of 1,000 samples")
                .doesNotContain("FAILED", "NOT CAUGHT");
    }

    /** What went wrong is not to be looked for. */
    @Test
    void write_allGreen_foldsWhatARedOneOpens() throws IOException {
        write();
        assertThat(page()).containsPattern(folded("Guarantees and races"));
        assertThat(details()).containsPattern(folded("lifecycle.DestroyVsTimeout"));

        Files.writeString(stress.resolve("verdict.json"), SampleResults.verdict("failed", true, 42));
        write();
        assertThat(page()).containsPattern(open("Guarantees and races"));
        assertThat(details()).containsPattern(open("lifecycle.DestroyVsTimeout"));
    }

    private static String folded(String title) {
        return "<details class=\"part\">\\s*<summary><h[23]>" + title;
    }

    private static String open(String title) {
        return "<details class=\"part\" open>\\s*<summary><h[23]>" + title;
    }

    @Test
    void write_guarantees_areStatedWithTheirRaces() throws IOException {
        write();

        assertThat(page())
                .contains("<b>G2 one end</b><br>a session ends once, with one cause", "<code>counts()</code>")
                .contains("<a href=\"details.html#lifecycle.DestroyVsTimeout\">DestroyVsTimeout</a>")
                .contains("no race in this run");
    }

    @Test
    void write_race_hasItsSourceOutcomesAndControls() throws IOException {
        Path source = folder.resolve("stress/src/main/java/a/Race.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Race<T> {}");
        write();

        assertThat(details())
                .contains("<div id=\"lifecycle.DestroyVsTimeout\">", "class Race&lt;T&gt; {}", "destroy → timeout")
                .contains("lifecycle.DestroyVsTimeout.Control_PublishedFix", "is rarer than 1 in 41,152");
    }

    @Test
    void write_everyLink_leadsSomewhere() throws IOException {
        write();

        for (String page : List.of("index.html", "details.html")) {
            Matcher links =
                    Pattern.compile("href=\"([^\"#]*)#?([^\"]*)\"").matcher(Files.readString(out.resolve(page)));
            assertThat(links.results().toList()).isNotEmpty().allSatisfy(link -> {
                Path target = out.resolve(link.group(1).isEmpty() ? page : link.group(1));
                assertThat(target).exists();
                if (!link.group(2).isEmpty()) {
                    assertThat(target).content().contains("id=\"" + link.group(2) + '"');
                }
            });
        }
    }

    @Test
    void write_tables_canBeReadByKeyboardAndScreenReader() throws IOException {
        write();

        for (String text : List.of(page(), details())) {
            long tables = count("<table", text);
            assertThat(tables).isPositive();
            assertThat(count("role=\"region\" tabindex=\"0\" aria-label=", text))
                    .isEqualTo(tables);
            assertThat(count("<caption", text)).isEqualTo(tables);
            assertThat(text).doesNotContain("<th>").doesNotContain("<th class");
        }
    }

    private static long count(String part, String text) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    @Test
    void write_mutants_saysWhatNoticedThemAndHowOften() throws IOException {
        write();

        assertThat(page()).contains("counts &lt;one&gt; too many", "2 of 2");
        assertThat(details()).contains("jcstress count.Some", "3 of 4,000 samples", "junit SomeTest#one");
    }

    @Test
    void write_price_isOneSentence() throws IOException {
        write();

        assertThat(page())
                .contains("this run was too noisy to tell what exact counting costs: creates and destroys run at 1.0")
                .contains("Among a million live sessions this run did not measure it often enough to tell.")
                .contains("unsteadily to be shown: Rollcall, no counting");
    }

    @Test
    void write_anything_isSelfContained() throws IOException {
        write();

        assertThat(page())
                .contains("data:image/png;base64,", "prefers-color-scheme: dark", "@media print")
                .doesNotContain("src=\"http", "href=\"http", "<script", "@import");
    }

    @Test
    void write_anything_keepsRawResultsBeside() throws IOException {
        write();

        assertThat(out.resolve("verdict.json")).exists();
        assertThat(out.resolve("jcstress/index.html")).hasContent("jcstress' own");
        assertThat(page()).contains("href=\"jcstress/index.html\"", "href=\"verdict.json\"", "href=\"jmh.json\"");
    }

    @Test
    void write_checkOfManagers_tellsHeldBrokenAndNotOffered() throws IOException {
        assertThat(write()).isEmpty();

        assertThat(out.resolve("check.html")).hasContent("who keeps their count");
        assertThat(page())
                .contains("href=\"check.html\"", "count at rest", "Some &lt;Manager&gt;", "broken 31 %")
                .contains("title=\"not offered\"")
                .doesNotContain("Some <Manager>");
    }

    @Test
    void write_checkOfManagers_tellsCostsOnlyIfTheyWereMeasured() throws IOException {
        write();
        assertThat(page()).doesNotContain("what each costs", ">create + destroy</th>");

        SampleResults.subjects().write(out.resolve(Report.COSTS));
        assertThat(write()).isEmpty();
        assertThat(page())
                .contains("what each costs", ">create + destroy</th>", ">keepalive</th>", "measure --subjects")
                .contains(
                        "<td class=\"right nowrap\">2.00 [2.00, 2.00]</td>",
                        "<td class=\"right nowrap\">inconclusive</td>");
    }

    @Test
    void write_checkNotAsExpected_isRed() throws IOException {
        Files.writeString(
                folder.resolve("stress/target/check/check.json"),
                SampleEvidence.CHECK
                        .replace("\"expected\": true", "\"expected\": false")
                        .replaceFirst("\"unexpected\": \\[\\]", "\"unexpected\": [\"one end is broken\"]"));

        assertRed("check of Rollcall: one end is broken");
    }

    @Test
    void write_checkOfNobody_isRed() throws IOException {
        Files.writeString(folder.resolve("stress/target/check/check.json"), "{\"expected\": true}");

        assertRed("check: no subject was checked");
    }

    @Test
    void write_noCheck_leavesItOut() throws IOException {
        Files.delete(folder.resolve("stress/target/check/check.json"));

        assertThat(write()).isEmpty();
        assertThat(page()).doesNotContain("Other session managers");
    }

    @Test
    void write_forbiddenOutcome_isRed() throws IOException {
        Files.writeString(stress.resolve("verdict.json"), SampleResults.verdict("failed", true, 42));

        assertRed("lifecycle.DestroyVsTimeout.Exact: forbidden outcome [true, true] seen 3 times");
    }

    @Test
    void write_controlNotCaught_isRed() throws IOException {
        Files.writeString(stress.resolve("verdict.json"), SampleResults.verdict("passed", true, 0));

        assertRed("Control_PublishedFix: control not caught");
    }

    @Test
    void write_noControlAtAll_isRed() throws IOException {
        Files.writeString(stress.resolve("verdict.json"), SampleResults.verdict("passed", false, 0));

        assertRed("no control ran");
    }

    @Test
    void write_noTestAtAll_isRed() throws IOException {
        Files.writeString(stress.resolve("verdict.json"), "{\"passed\": 0, \"failed\": 0, \"tests\": []}");

        assertRed("no test ran");
    }

    @Test
    void write_otherEvidenceFailed_isRed() throws IOException {
        Files.writeString(folder.resolve("stress/target/soak/soak.json"), SampleEvidence.SOAK.replace("1500", "0"));

        assertRed("soak: nothing was checked");
    }

    @Test
    void write_otherEvidenceMissing_isRedAndSaysNotRun() throws IOException {
        Files.delete(folder.resolve("stress/target/spec/spec.json"));

        assertRed("Formal specification (TLA+, TLC): not run");
        assertThat(page()).contains("not run in this profile");
    }

    @Test
    void write_driftFailed_isRed() throws IOException {
        Files.writeString(out.resolve("drift.json"), SampleResults.drift(false));

        assertRed("drift replay: Rollcall: the count left the table");
    }

    @Test
    void write_inputMissingOrBroken_isRedAndStillAPage() throws IOException {
        Files.delete(stress.resolve("verdict.json"));
        Files.writeString(out.resolve("drift.json"), "{");

        assertRed("there is no verdict.json");
        assertRed("drift.json is broken");
    }

    @Test
    void write_benchmarkMissing_isRed() throws IOException {
        Report.write(stress, out, Extent.WHOLE, List.of("a benchmark was not measured"));

        assertThat(page()).contains("banner bad", "a benchmark was not measured");
    }

    @Test
    void write_withoutFigures_saysSoAndPasses() throws IOException {
        Files.delete(out.resolve("jmh.json"));

        assertThat(write(Extent.WITHOUT_FIGURES)).isEmpty();
        assertThat(page())
                .contains("banner good", "the report of a short run", "no benchmark was run")
                .doesNotContain("What exactness costs", "FAILED");
        assertThat(write()).containsExactly("there is no jmh.json");
    }

    @Test
    void write_withoutFigures_isRedForWhatWasNotRun() throws IOException {
        Files.delete(out.resolve("drift.json"));
        Files.delete(stress.resolve("verdict.json"));
        Files.delete(stress.resolveSibling("spec/spec.json"));

        assertThat(write(Extent.WITHOUT_FIGURES))
                .contains(
                        "there is no drift.json",
                        "there is no verdict.json",
                        "Formal specification (TLA+, TLC): not run");
        assertThat(page()).contains("banner bad").doesNotContain("count did not drift");
    }

    @Test
    void write_fleetNotRun_isRedInTheMainJobOnly() throws IOException {
        Files.delete(stress.resolveSibling("fleet/fleet.json"));

        assertThat(write(Extent.WITHOUT_FIGURES)).isEmpty();
        assertRed("Several gateways: not run");
    }

    @Test
    void write_textFromOutside_isEscaped() throws IOException {
        write();

        assertThat(details()).contains("true, &lt;false&gt;").doesNotContain("true, <false>");
    }

    private List<String> write() throws IOException {
        return write(Extent.WHOLE);
    }

    private List<String> write(Extent extent) throws IOException {
        return Report.write(stress, out, extent, List.of()).failures();
    }

    private void assertRed(String reason) throws IOException {
        assertThat(write()).anyMatch(failure -> failure.contains(reason));
        assertThat(page()).contains("banner bad", "FAILED").doesNotContain("banner good");
        assertThat(page()).contains(reason);
    }

    private String details() throws IOException {
        return Files.readString(out.resolve("details.html"));
    }

    private String page() throws IOException {
        return Files.readString(out.resolve("index.html"));
    }
}
