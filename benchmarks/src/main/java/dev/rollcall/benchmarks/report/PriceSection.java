package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.util.List;
import java.util.stream.Collectors;

/** What exactness costs: tables, and a chart above each that has one. */
final class PriceSection {
    private PriceSection() {}

    static String html(ResultsFile file) {
        List<Table> tables = new PriceTables(file).all();
        String intro = "JMH, in forks that are interleaved: every cell once, then every cell again. This is a short run"
                + " and its errors are wide; published numbers come from longer ones. Shown first: create + destroy, a"
                + " random one of the live sessions replaced.";
        return Html.paragraph(intro)
                + Charts.throughput(
                        file,
                        PriceTables.REPLACE,
                        "Create and destroy per second, by strategy, live sessions and threads")
                + tables.stream()
                        .map(table -> chartOf(table, file) + table.toHtml())
                        .collect(Collectors.joining());
    }

    private static String chartOf(Table table, ResultsFile file) {
        if (table.title().equals(PriceTables.KEEPALIVE_TITLE)) {
            return Charts.throughput(
                    file, PriceTables.BY_ID, "Keepalives by id per second, by live sessions and threads");
        }
        if (table.title().equals(CountTable.TITLE)) {
            return Charts.counting(file, "The cost of reading the count, and of writing beside a reader, by strategy");
        }
        return "";
    }
}
