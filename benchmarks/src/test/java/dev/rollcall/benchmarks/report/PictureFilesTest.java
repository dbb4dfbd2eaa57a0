package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @Test
    void write_results_drawsOneForLightPagesAndOneForDark(@TempDir Path folder) throws IOException {
        PictureFiles.write(new Gson().fromJson(SampleResults.json(), ResultsFile.class), folder);

        assertThat(ImageIO.read(folder.resolve("performance-light.png").toFile())
                        .getWidth())
                .isEqualTo(2 * Picture.WIDTH);
        assertThat(folder.resolve("performance-dark.png")).isNotEmptyFile();
    }
}
