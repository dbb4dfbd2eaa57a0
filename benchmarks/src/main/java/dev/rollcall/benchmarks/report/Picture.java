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

    /** Drawn larger than shown, for dense screens and for paper. */
    private static final int SCALE = 2;

    private static final int COLUMNS = 2;
    private static final int MOST_BELOW = 4;
    private static final Color CLEAR = new Color(0, 0, 0, 0);

    private Picture() {}

    /**
     * The chart's markup.
     *
     * @param description for those who do not see it
     * @param charts draws one, or several as panels, in a palette
     */
    static String of(String description, Function<Palette, List<Chart<?, ?>>> charts) {
        String light;
        String dark;
        int height;
        try {
            List<Chart<?, ?>> panels = charts.apply(Palette.LIGHT);
            height = HEIGHT * rows(panels);
            light = base64(panels);
            dark = base64(charts.apply(Palette.DARK));
        } catch (RuntimeException | Error e) {
            // A JDK without fonts cannot draw text; the report is worth having all the same.
            return "<p class=\"note\">This machine could not draw the chart (" + Html.escape(e.toString())
                    + "); the table has its numbers.</p>\n";
        }
        return """
                <figure><picture>
                <source media="screen and (prefers-color-scheme: dark)" srcset="data:image/png;base64,%s">
                <img width="%d" height="%d" alt="%s" src="data:image/png;base64,%s">
                </picture></figure>
                """.formatted(dark, WIDTH, height, Html.escape(description), light);
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

    private static String base64(List<Chart<?, ?>> charts) {
        return Base64.getEncoder().encodeToString(png(charts));
    }

    /** One chart, or several as panels side by side, as a file's content. */
    static byte[] png(List<Chart<?, ?>> charts) {
        int columns = Math.min(COLUMNS, charts.size());
        int width = WIDTH / columns;
        BufferedImage image =
                new BufferedImage(WIDTH * SCALE, HEIGHT * rows(charts) * SCALE, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < charts.size(); i++) {
            Graphics2D graphics = image.createGraphics();
            graphics.scale(SCALE, SCALE);
            graphics.translate(i % columns * width, i / columns * HEIGHT);
            charts.get(i).paint(graphics, width, HEIGHT);
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
