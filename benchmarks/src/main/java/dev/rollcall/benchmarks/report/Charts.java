package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's charts. */
final class Charts {
    private static final double MINUTES_PER_HOUR = 60;
    private static final int LABELLED_HOURS = 4;

    private Charts() {}

    /** Create + destroy with a thousand and a million live on one thread, one bar per subject. */
    static Chart<?, ?> lifecycle(Palette palette, ResultsFile file) {
        List<Subject> subjects = shown(file);
        CategoryChart chart = new CategoryChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .yAxisTitle("million per second")
                .build();
        Picture.style(chart.getStyler(), palette);
        Picture.styleLegend(chart.getStyler(), subjects.size());
        chart.getStyler().setAvailableSpaceFill(0.85);
        chart.getStyler().setYAxisMin(0.0);
        List<String> labels = List.of("1 k live, 1 thread", "1 M live, 1 thread");
        for (Subject subject : subjects) {
            List<Optional<Estimate>> estimates = conditions(file, subject);
            CategorySeries series = chart.addSeries(
                    subject.label(),
                    labels,
                    bars(estimates, Estimate::value),
                    bars(estimates, each -> Math.min(each.value(), (each.high() - each.low()) / 2)));
            series.setFillColor(palette.of(subject));
        }
        return chart;
    }

    /** Those that were measured in either condition, without what only differs in its clock or ids. */
    static List<Subject> shown(ResultsFile file) {
        return Arrays.stream(Subject.values())
                .filter(Subject::isShown)
                .filter(subject -> conditions(file, subject).stream().anyMatch(Optional::isPresent))
                .toList();
    }

    private static List<Optional<Estimate>> conditions(ResultsFile file, Subject subject) {
        return Stream.of(Cells.FEW, Cells.MANY)
                .map(live -> Estimate.of(file.passes(Cells.replace(subject, live, 1), Series.SCORE)))
                .toList();
    }

    /** Null where there is no bar, as the charts want it. */
    private static List<@Nullable Double> bars(List<Optional<Estimate>> estimates, Function<Estimate, Double> height) {
        List<@Nullable Double> bars = new ArrayList<>();
        estimates.forEach(estimate -> bars.add(estimate.map(height).orElse(null)));
        return bars;
    }

    /** Writes over reads of the count, one panel for each kind of threads; empty if nothing was measured. */
    static List<Chart<?, ?>> curves(Palette palette, ResultsFile file) {
        List<Chart<?, ?>> panels = new ArrayList<>();
        for (List<Curves.Point> points : Curves.curves()) {
            XYChart chart = new XYChartBuilder()
                    .xAxisTitle("reads of the count per second, beside "
                            + points.get(0).threads())
                    .yAxisTitle("million writes per second")
                    .build();
            Picture.style(chart.getStyler(), palette);
            chart.getStyler().setXAxisLogarithmic(true);
            chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
            chart.getStyler().setLegendLayout(LegendLayout.Vertical);
            chart.getStyler().setLegendVisible(panels.isEmpty());
            chart.getStyler().setYAxisMin(0.0);
            long curves = Curves.SUBJECTS.stream()
                    .filter(subject -> addCurve(chart, palette, file, subject, points))
                    .count();
            if (curves > 0) {
                panels.add(chart);
            }
        }
        return panels;
    }

    /** False if it has no points. */
    private static boolean addCurve(
            XYChart chart, Palette palette, ResultsFile file, Subject subject, List<Curves.Point> points) {
        List<Double> reads = new ArrayList<>();
        List<Double> writes = new ArrayList<>();
        for (Curves.Point point : points) {
            Optional<Estimate> achieved = Estimate.of(point.passes(file, subject, CountBenchmark.READS));
            Optional<Estimate> score = Estimate.of(point.passes(file, subject, Series.SCORE));
            if (score.isPresent()) {
                // Of the slowest pace most forks see no read at all.
                reads.add(achieved.map(Estimate::value).orElse((double) point.reads()));
                writes.add(score.get().value());
            }
        }
        if (reads.isEmpty()) {
            return false;
        }
        XYSeries series = chart.addSeries(subject.label(), reads, writes);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(palette.of(subject));
        series.setLineColor(palette.of(subject));
        series.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return true;
    }

    /** By how much each manager's count is off over the day, as markup. */
    static String drift(DriftFile file) {
        return Picture.of(
                "Sessions counted less sessions in the table, over the day; the table below has the last values",
                palette -> drift(palette, file));
    }

    private static Chart<?, ?> drift(Palette palette, DriftFile file) {
        XYChart chart = new XYChartBuilder()
                .xAxisTitle("hour of the day")
                .yAxisTitle("count minus table")
                .build();
        Picture.style(chart.getStyler(), palette);
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(
                        hour -> Math.round(hour) % LABELLED_HOURS == 0 ? Long.toString(Math.round(hour)) : "");
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        List<DriftFile.Replayed> subjects = file.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            DriftFile.Day day = subjects.get(i).day();
            XYSeries series = chart.addSeries(
                    subjects.get(i).name(),
                    day.minutes().stream()
                            .map(minute -> minute / MINUTES_PER_HOUR)
                            .toList(),
                    day.drifts());
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(palette.ofReplayed(i));
            // Widest first, so that equal lines show as one inside the other.
            float width = 6f - 2f * Math.min(i, 2);
            series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        return chart;
    }
}
