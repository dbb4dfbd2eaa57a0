package dev.rollcall.benchmarks.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts as part of the page: drawn twice, for light pages and for dark ones, and embedded. */
final class Picture {
    static final int WIDTH = 1000;
    static final int HEIGHT = 400;

    private static final int SMALL_WIDTH = 500;
    private static final int SMALL_HEIGHT = 240;

    /** Drawn larger than shown, for dense screens and for paper. */
    private static final int SCALE = 2;

    private static final int COLUMNS = 2;
    private static final int MOST_BELOW = 4;
    private static final Color CLEAR = new Color(0, 0, 0, 0);

    private Picture() {}

    /**
     * A chart's markup, at the size of half a wide page or of a phone.
     *
     * @param description for those who do not see it
     * @param draw draws it in a palette
     */
    static String of(String description, Function<Palette, Chart<?, ?>> draw) {
        try {
            return """
                    <picture>
                    <source media="screen and (prefers-color-scheme: dark)" srcset="data:image/png;base64,%s">
                    <img width="%d" height="%d" alt="%s" src="data:image/png;base64,%s">
                    </picture>
                    """.formatted(
                            base64(draw.apply(Palette.DARK)),
                            SMALL_WIDTH,
                            SMALL_HEIGHT,
                            description,
                            base64(draw.apply(Palette.LIGHT)));
        } catch (RuntimeException | Error e) {
            // A JDK without fonts cannot draw text; the report is worth having all the same.
            return "<p>This machine could not draw the chart; the table has its numbers.</p>\n";
        }
    }

    /** What all charts have in common. */
    static void style(AxesChartStyler styler, Palette palette) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setChartTitleVisible(false);
        styler.setChartBackgroundColor(CLEAR);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setLegendBackgroundColor(CLEAR);
        styler.setLegendBorderColor(CLEAR);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(font);
        styler.setChartFontColor(palette.text());
        styler.setXAxisTitleColor(palette.text());
        styler.setYAxisTitleColor(palette.text());
        styler.setAxisTitleFont(font);
        styler.setAxisTickLabelsFont(font);
        styler.setAxisTickLabelsColor(palette.text());
        styler.setAxisTickMarksColor(palette.grid());
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(palette.grid());
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setErrorBarsColor(palette.text());
        styler.setErrorBarsColorSeriesColor(false);
        styler.setLocale(Locale.ROOT);
        styler.setAntiAlias(true);
    }

    /** A legend of many series is too wide for a line below. */
    static void styleLegend(AxesChartStyler styler, int series) {
        if (series > MOST_BELOW) {
            styler.setLegendPosition(LegendPosition.OutsideE);
            styler.setLegendLayout(LegendLayout.Vertical);
        }
    }

    private static String base64(Chart<?, ?> chart) {
        return Base64.getEncoder().encodeToString(png(List.of(chart), SMALL_WIDTH, SMALL_HEIGHT));
    }

    /** One chart, or several as panels side by side, as a file's content. */
    static byte[] png(List<Chart<?, ?>> charts) {
        return png(charts, WIDTH, HEIGHT);
    }

    private static byte[] png(List<Chart<?, ?>> charts, int wholeWidth, int height) {
        int columns = Math.min(COLUMNS, charts.size());
        int width = wholeWidth / columns;
        BufferedImage image =
                new BufferedImage(wholeWidth * SCALE, height * rows(charts) * SCALE, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < charts.size(); i++) {
            Graphics2D graphics = image.createGraphics();
            graphics.scale(SCALE, SCALE);
            graphics.translate(i % columns * width, i / columns * height);
            charts.get(i).paint(graphics, width, height);
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int rows(List<Chart<?, ?>> charts) {
        return (charts.size() + COLUMNS - 1) / COLUMNS;
    }
}
