package dev.rollcall.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_resultsOfJmh_areFoundByWhatWasMeasured() throws IOException {
        ResultsFile file = ResultsFile.read(Files.writeString(folder.resolve("a.json"), SampleResults.json()));

        assertThat(file.find("LifecycleBenchmark.replace", Subject.EXACT, 1_000, 1))
                .map(found -> found.primaryMetric().score())
                .contains(9.5);
        assertThat(file.find("LifecycleBenchmark.replace", Subject.EXACT, 1_000, 2))
                .isEmpty();
        assertThat(file.run().machine()).isEqualTo("a machine");
    }

    @Test
    void read_errorThatIsNoNumber_isNone() throws IOException {
        ResultsFile file = ResultsFile.read(Files.writeString(folder.resolve("a.json"), SampleResults.json()));

        assertThat(file.find("LifecycleBenchmark.replace", Subject.BARE_MAP, 1_000, 1))
                .map(found -> found.primaryMetric().scoreError())
                .contains(Double.NaN);
    }

    @Test
    void read_anythingElse_isRefusedByName() {
        assertRefused("[]");
        assertRefused("{\"run\": {}}");
        assertRefused("");
    }

    private void assertRefused(String content) {
        assertThatIOException()
                .isThrownBy(() -> ResultsFile.read(Files.writeString(folder.resolve("b.json"), content)))
                .withMessageContaining("b.json");
    }
}
