package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of evidence side by side, each with the controls that it caught. */
final class EvidenceSection {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private EvidenceSection() {}

    static String html(List<Evidence> kinds) {
        String rows = kinds.stream().map(EvidenceSection::row).collect(Collectors.joining("\n"));
        String details = kinds.stream()
                .filter(kind -> !kind.controls().isEmpty())
                .map(EvidenceSection::controls)
                .collect(Collectors.joining("\n"));
        return Html.paragraph(
                        "Each kind sees what the others cannot. A kind counts only if it also shows that it can go"
                                + " red: its controls are defects that it had to catch.")
                + "<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>evidence</th><th>how much</th>"
                + "<th>verdict</th><th>controls caught</th><th class=\"right\">seconds</th><th>finished (UTC)</th>"
                + "</tr></thead>\n<tbody>\n" + rows + "\n</tbody></table></div>\n"
                + "<details><summary>Every control</summary>\n" + details + "</details>\n";
    }

    private static String row(Evidence kind) {
        return "<tr><th><b>" + Html.escape(kind.name()) + "</b><br><span class=\"note\">" + Html.escape(kind.about())
                + "</span></th><td>" + Html.escape(kind.amount()) + "</td><td>" + verdict(kind.status()) + "</td><td>"
                + Html.escape(kind.caught()) + "</td><td class=\"right\">" + seconds(kind.seconds()) + "</td><td>"
                + finished(kind.finished()) + "</td></tr>";
    }

    private static String verdict(Evidence.Status status) {
        return switch (status) {
            case PASSED -> Html.verdict(true, "passed");
            case FAILED -> Html.verdict(false, "FAILED");
            case NOT_RUN -> "<span class=\"note\">not run in this profile</span>";
        };
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? Numbers.NONE : Html.number(Math.round(seconds));
    }

    private static String finished(Instant finished) {
        return finished == null ? Numbers.NONE : MINUTES.format(finished);
    }

    private static String controls(Evidence kind) {
        return "<h4>" + Html.escape(kind.name()) + ", " + Html.escape(kind.caught()) + "</h4>\n<ul>\n"
                + kind.controls().stream().map(EvidenceSection::control).collect(Collectors.joining("\n"))
                + "\n</ul>\n";
    }

    private static String control(Control control) {
        return "<li><code>" + Html.escape(control.name()) + "</code> "
                + Html.verdict(control.isCaught(), control.isCaught() ? "caught" : "NOT CAUGHT")
                + (control.how().isEmpty() ? "" : " <span class=\"note\">" + Html.escape(control.how()) + "</span>")
                + "</li>";
    }
}
