package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
    }
}
