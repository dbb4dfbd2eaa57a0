package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    private Charts() {}

    /** Create + destroy with a thousand and a million live on one thread, one bar per subject. */
    static String lifecycle(ResultsFile file, String description) {
        return shown(file).isEmpty() ? "" : Picture.of(description, palette -> List.of(lifecycle(palette, file)));
    }

    /** The same, for a file of its own. */
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
            List<Estimate> estimates = conditions(file, subject);
            CategorySeries series = chart.addSeries(
                    subject.label(),
                    labels,
                    estimates.stream().map(Estimate::value).toList(),
                    estimates.stream()
                            .map(estimate -> Math.min(estimate.value(), (estimate.high() - estimate.low()) / 2))
                            .toList());
            series.setFillColor(palette.of(subject));
        }
        return chart;
    }

    /** Those that were measured in both conditions, without what only differs in its clock or ids. */
    private static List<Subject> shown(ResultsFile file) {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject == Subject.EXACT || subject == Subject.NONE || !subject.isRollcall())
                .filter(subject -> conditions(file, subject).size() == 2)
                .toList();
    }

    private static List<Estimate> conditions(ResultsFile file, Subject subject) {
        return List.of(Cells.FEW, Cells.MANY).stream()
                .map(live -> Estimate.of(file.passes(Cells.replace(subject, live, 1), Series.SCORE)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Writes over reads of the count, one panel for each number of threads. */
    static String curves(ResultsFile file, String description) {
        return Picture.of(description, palette -> curves(palette, file));
    }

    /** The same, for a file of its own; empty if nothing was measured. */
    static List<Chart<?, ?>> curves(Palette palette, ResultsFile file) {
        List<Chart<?, ?>> panels = new ArrayList<>();
        for (Curves.Writers writers : Curves.WRITERS) {
            XYChart chart = new XYChartBuilder()
                    .xAxisTitle("reads of the count per second, beside " + writers.label())
                    .yAxisTitle("million writes per second")
                    .build();
            Picture.style(chart.getStyler(), palette);
            chart.getStyler().setXAxisLogarithmic(true);
            chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
            chart.getStyler().setLegendLayout(LegendLayout.Vertical);
            chart.getStyler().setLegendVisible(panels.isEmpty());
            chart.getStyler().setYAxisMin(0.0);
            long curves = Curves.SUBJECTS.stream()
                    .filter(subject -> addCurve(chart, palette, file, subject, writers))
                    .count();
            if (curves > 0) {
                panels.add(chart);
            }
        }
        return panels;
    }

    /** False if it has no points. */
    private static boolean addCurve(
            XYChart chart, Palette palette, ResultsFile file, Subject subject, Curves.Writers writers) {
        List<Double> reads = new ArrayList<>();
        List<Double> writes = new ArrayList<>();
        for (int target : Curves.READS) {
            Cell cell = Curves.cell(subject, writers, target);
            Optional<Estimate> achieved = Estimate.of(file.passes(cell, CountBenchmark.READS));
            Optional<Estimate> score = Estimate.of(file.passes(cell, Series.SCORE));
            if (score.isPresent()) {
                // Of the slowest pace most forks see no read at all.
                reads.add(achieved.map(Estimate::value).orElse((double) target));
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

    /** The day's count of each manager, with the table's truth. */
    static String drift(DriftFile file, String description) {
        return Picture.of(description, palette -> List.of(lines(palette, file)));
    }

    private static Chart<?, ?> lines(Palette palette, DriftFile file) {
        XYChart chart = new XYChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .xAxisTitle("hour of the day")
                .yAxisTitle("sessions")
                .build();
        Picture.style(chart.getStyler(), palette);
        chart.getStyler().setXAxisDecimalPattern("0");
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        List<DriftFile.Replayed> subjects = file.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            DriftFile.Day day = subjects.get(i).day();
            // Widest first, so that equal lines show as one inside the other.
            float width = 6f - 1.5f * Math.min(i, 2);
            add(chart, "count: " + subjects.get(i).name(), day.minutes(), day.counts(), width)
                    .setLineColor(palette.ofReplayed(i));
        }
        DriftFile.Day last = subjects.get(subjects.size() - 1).day();
        add(chart, "sessions in the table", last.minutes(), last.tables(), 1.2f).setLineColor(palette.text());
        return chart;
    }

    private static XYSeries add(XYChart chart, String name, List<Long> minutes, List<Long> values, float width) {
        XYSeries series = chart.addSeries(
                name, minutes.stream().map(minute -> minute / MINUTES_PER_HOUR).toList(), values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return series;
    }
}
