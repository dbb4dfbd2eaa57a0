package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.LatencyBenchmark;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.FigureTables.Setting;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.results.Measurement;
import dev.rollcall.benchmarks.results.Metric;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's charts. */
final class Charts {
    private static final double MINUTES_PER_HOUR = 60;

    /** There is no zero on a logarithmic axis. */
    private static final double SHORTEST_ON_LOG_AXIS = 0.1;

    /** Nor may a whisker reach it. */
    private static final double LOG_WHISKER = 0.9;

    private Charts() {}

    /** A method's throughput: conditions side by side, subjects as series, errors as whiskers. */
    static String throughput(
            ResultsFile file, String method, List<Condition> conditions, Predicate<Subject> shown, String description) {
        return Picture.of(description, palette -> throughput(palette, file, method, conditions, shown));
    }

    /** The same, for a file of its own. Subjects that lack a condition are in the table only. */
    static Chart<?, ?> throughput(
            Palette palette, ResultsFile file, String method, List<Condition> conditions, Predicate<Subject> shown) {
        List<Subject> everywhere = PriceTables.subjects(file, method).stream()
                .filter(shown)
                .filter(subject -> conditions.stream()
                        .allMatch(at -> file.find(method, subject, at.live(), at.threads())
                                .isPresent()))
                .toList();
        return bars(
                palette,
                "million per second",
                conditions.stream().map(Condition::label).toList(),
                everywhere,
                (subject, at) -> file.find(
                                method,
                                subject,
                                conditions.get(at).live(),
                                conditions.get(at).threads())
                        .map(Measurement::primaryMetric));
    }

    /** A method's time over live sessions, both on logarithmic axes: what is flat, what grows. */
    static String overLive(ResultsFile file, String method, String unit, String description) {
        return Picture.of(description, palette -> {
            XYChart chart = new XYChartBuilder()
                    .width(Picture.WIDTH)
                    .height(Picture.HEIGHT)
                    .xAxisTitle("live sessions")
                    .yAxisTitle(unit)
                    .build();
            Picture.style(chart.getStyler(), palette);
            Picture.styleLegend(
                    chart.getStyler(), PriceTables.subjects(file, method).size());
            chart.getStyler().setXAxisLogarithmic(true);
            chart.getStyler().setYAxisLogarithmic(true);
            for (Subject subject : PriceTables.subjects(file, method)) {
                addOverLive(
                        chart,
                        palette,
                        subject,
                        PriceTables.of(file, method)
                                .filter(each -> each.subject() == subject)
                                .sorted(Comparator.comparingLong(Measurement::live))
                                .toList());
            }
            return chart;
        });
    }

    private static void addOverLive(XYChart chart, Palette palette, Subject subject, List<Measurement> measured) {
        XYSeries series = chart.addSeries(
                subject.label(),
                measured.stream().map(each -> (double) each.live()).toList(),
                measured.stream().map(each -> each.primaryMetric().score()).toList(),
                measured.stream()
                        .map(Measurement::primaryMetric)
                        .map(metric -> LOG_WHISKER * whisker(metric.score(), metric.scoreError()))
                        .toList());
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(palette.of(subject));
        series.setLineColor(palette.of(subject));
        series.setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    /** A method's score in one condition, one bar per subject. */
    static String oneEach(ResultsFile file, String method, Condition at, String unit, String description) {
        return Picture.of(
                description,
                palette -> bars(
                        palette,
                        unit,
                        List.of(at.label()),
                        PriceTables.subjects(file, method),
                        (subject, unused) -> file.find(method, subject, at.live(), at.threads())
                                .map(Measurement::primaryMetric)));
    }

    /** Bytes per session, one bar per subject. */
    static String memory(ResultsFile file, Setting at, String description) {
        FigureTables figures = new FigureTables(file);
        return Picture.of(
                description,
                palette -> bars(
                        palette,
                        "bytes",
                        List.of(at.label()),
                        PriceTables.subjects(file, FigureTables.MEMORY),
                        (subject, unused) -> figures.bytes(subject, at)
                                .map(bytes -> new Metric(bytes, Double.NaN, "B", List.of()))));
    }

    /** Percentiles of creates while sessions expire, on a logarithmic axis. */
    static String latency(ResultsFile file, String description) {
        FigureTables figures = new FigureTables(file);
        return Picture.of(description, palette -> {
            CategoryChart chart = bars(
                    palette,
                    "microseconds",
                    FigureTables.PERCENTILES,
                    PriceTables.subjects(file, FigureTables.LATENCY),
                    (subject, at) -> figures.latency(
                                    subject, LatencyBenchmark.EXPIRING, "create", FigureTables.PERCENTILES.get(at))
                            .map(metric -> new Metric(
                                    Math.max(SHORTEST_ON_LOG_AXIS, metric.score()), Double.NaN, "us", List.of())));
            chart.getStyler().setYAxisLogarithmic(true);
            chart.getStyler().setYAxisMin(SHORTEST_ON_LOG_AXIS);
            return chart;
        });
    }

    /** What reading the count costs, by strategy. */
    static String counting(ResultsFile file, String description) {
        CountTable counts = new CountTable(file);
        return Picture.of(
                description,
                palette -> bars(
                        palette,
                        "nanoseconds",
                        List.of("read at rest", "read under churn", "write while read", "write unread"),
                        PriceTables.subjects(file, CountTable.UNDER_CHURN),
                        (subject, at) -> switch (at) {
                            case 0 -> counts.metric(CountTable.AT_REST, subject, null);
                            case 1 -> counts.metric(CountTable.UNDER_CHURN, subject, CountTable.READ);
                            case 2 -> counts.metric(CountTable.UNDER_CHURN, subject, CountTable.REPLACE_WHILE_READ);
                            default -> counts.metric(CountTable.UNREAD, subject, CountTable.REPLACE_UNREAD);
                        }));
    }

    /** The day's count of each manager, with the table's truth. */
    static String drift(DriftFile file, String description) {
        return Picture.of(description, palette -> lines(palette, file));
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

    private static CategoryChart bars(
            Palette palette,
            String unit,
            List<String> labels,
            List<Subject> subjects,
            BiFunction<Subject, Integer, Optional<Metric>> metrics) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .yAxisTitle(unit)
                .build();
        Picture.style(chart.getStyler(), palette);
        Picture.styleLegend(chart.getStyler(), subjects.size());
        chart.getStyler().setAvailableSpaceFill(0.85);
        chart.getStyler().setYAxisMin(0.0);
        for (int i = 0; i < subjects.size(); i++) {
            List<Double> scores = new ArrayList<>();
            List<Double> errors = new ArrayList<>();
            for (int at = 0; at < labels.size(); at++) {
                Optional<Metric> metric = metrics.apply(subjects.get(i), at);
                double score = metric.map(Metric::score).orElse(0.0);
                scores.add(score);
                errors.add(whisker(score, metric.map(Metric::scoreError).orElse(0.0)));
            }
            CategorySeries series = chart.addSeries(subjects.get(i).label(), labels, scores, errors);
            series.setFillColor(palette.of(subjects.get(i)));
        }
        return chart;
    }

    /** An error larger than the score would leave the chart; the table has it in full. */
    private static double whisker(double score, double error) {
        return Double.isNaN(error) ? 0 : Math.min(score, error);
    }
}
