package dev.rollcall.benchmarks.report;

import java.util.List;

/** The historical drift, replayed. */
final class DriftSection {
    private DriftSection() {}

    static String html(DriftFile file) {
        List<List<String>> days =
                file.subjects().stream().map(DriftSection::day).toList();
        List<List<String>> races =
                file.subjects().stream().map(DriftSection::race).toList();
        String intro = "Each manager gets the same day (seed " + file.seed() + "): clients connect, most destroy their"
                + " session, some lose their connection, some fall silent. Then destroy races timeout for the same"
                + " session on two threads. Measured by this run on Java " + file.java() + ", " + file.os() + ", "
                + file.processors()
                + " processors. The first two are controls: models of the historical counters, whose"
                + " defects must show.";
        return Html.paragraph(intro)
                + new Table(
                                "A day on one thread",
                                "",
                                List.of(
                                        "",
                                        "created",
                                        "destroyed",
                                        "timed out",
                                        "transport gone",
                                        "count",
                                        "in the table",
                                        "drift"),
                                days)
                        .toHtml()
                + Charts.drift(file, "The count of each manager over the day, and the sessions in the table")
                + "<p class=\"note\">On one thread the published fix and Rollcall lie on the table's own line.</p>\n"
                + new Table(
                                "Destroy racing timeout on two threads",
                                "Every round begins with one session that is due. Below and above: rounds that moved the"
                                        + " count away from the table.",
                                List.of(
                                        "",
                                        "rounds",
                                        "won by destroy",
                                        "won by timeout",
                                        "ended twice",
                                        "below",
                                        "above",
                                        "count",
                                        "in the table",
                                        "drift"),
                                races)
                        .toHtml();
    }

    private static List<String> day(DriftFile.Replayed subject) {
        DriftFile.Day day = subject.day();
        return List.of(
                subject.name(),
                Html.number(day.created()),
                Html.number(day.destroyed()),
                Html.number(day.timedOut()),
                Html.number(day.transportGone()),
                Html.number(day.count()),
                Html.number(day.table()),
                Html.drift(day.drift()));
    }

    private static List<String> race(DriftFile.Replayed subject) {
        DriftFile.Race race = subject.race();
        return List.of(
                subject.name(),
                Html.number(race.rounds()),
                Html.number(race.wonByDestroy()),
                Html.number(race.wonByTimeout()),
                Html.number(race.endedTwice()),
                Html.number(race.roundsBelow()),
                Html.number(race.roundsAbove()),
                Html.number(race.count()),
                Html.number(race.table()),
                Html.drift(race.drift()));
    }
}
