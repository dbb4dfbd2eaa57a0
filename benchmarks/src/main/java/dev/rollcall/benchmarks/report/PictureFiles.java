package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;

/** The README's pictures, for light pages and for dark ones. */
public final class PictureFiles {
    private PictureFiles() {}

    /**
     * Draws what was measured: create + destroy of Rollcall and all others, and the curves of writes over reads.
     *
     * @param folder where to, as performance-light.png, curves-dark.png and so on
     */
    public static void write(ResultsFile file, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Palette palette : Palette.values()) {
            if (!Charts.shown(file).isEmpty()) {
                Chart<?, ?> lifecycle = Charts.lifecycle(palette, file);
                lifecycle.setTitle("create + destroy: sessions replaced by one thread");
                lifecycle.getStyler().setChartTitleVisible(true);
                write(folder, "performance", palette, List.of(lifecycle));
            }
            List<Chart<?, ?>> curves = Charts.curves(palette, file);
            if (!curves.isEmpty()) {
                write(folder, "curves", palette, curves);
            }
        }
    }

    private static void write(Path folder, String name, Palette palette, List<Chart<?, ?>> charts) throws IOException {
        // A reader may show the picture on a page of any colour.
        charts.forEach(chart -> chart.getStyler().setChartBackgroundColor(palette.page()));
        String file = name + '-' + palette.name().toLowerCase(Locale.ROOT) + ".png";
        Files.write(folder.resolve(file), Picture.png(charts));
    }
}
