package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.ResultsFile.Measured;
import dev.rollcall.benchmarks.results.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @Test
    void write_results_drawsOneForLightPagesAndOneForDark(@TempDir Path folder) throws IOException {
        PictureFiles.write(SampleResults.results(), folder);

        assertThat(ImageIO.read(folder.resolve("performance-light.png").toFile())
                        .getWidth())
                .isEqualTo(2 * Picture.WIDTH);
        assertThat(folder.resolve("performance-dark.png")).isNotEmptyFile();
        assertThat(folder.resolve("curves-light.png")).doesNotExist();
    }

    /** A transparent picture could not be read on a page of the other kind. */
    @Test
    void write_results_paintsABackground(@TempDir Path folder) throws IOException {
        PictureFiles.write(SampleResults.results(), folder);

        assertThat(ImageIO.read(folder.resolve("performance-light.png").toFile())
                        .getRGB(1, 1))
                .isEqualTo(Palette.LIGHT.page().getRGB());
        assertThat(ImageIO.read(folder.resolve("performance-dark.png").toFile()).getRGB(1, 1))
                .isEqualTo(Palette.DARK.page().getRGB());
    }

    @Test
    void write_curves_drawsAPanelForEachNumberOfThreads(@TempDir Path folder) throws IOException {
        List<Measured> points = Curves.cells().stream()
                .map(cell -> SampleResults.score(cell, 5.0, 5.5, 6.0))
                .toList();
        PictureFiles.write(new ResultsFile(ResultsFile.none().run(), List.of(), points), folder);

        assertThat(ImageIO.read(folder.resolve("curves-dark.png").toFile()).getHeight())
                .isEqualTo(3 * 2 * Picture.HEIGHT);
        assertThat(folder.resolve("performance-dark.png")).doesNotExist();
    }

    @Test
    void write_curvesOfProcessorsFarApart_drawsPanelsOfTheirOwn(@TempDir Path folder) throws IOException {
        Series scores = new Series("ops/us", List.of(5.0, 5.5, 6.0));
        List<Measured> points = Curves.cells().stream()
                .map(cell -> new Measured(cell, Map.of(Series.SCORE, scores, Series.far(Series.SCORE), scores)))
                .toList();
        PictureFiles.write(new ResultsFile(ResultsFile.none().run(), List.of(), points), folder);

        assertThat(ImageIO.read(folder.resolve("curves-dark.png").toFile()).getHeight())
                .isEqualTo(5 * 2 * Picture.HEIGHT);
    }
}
