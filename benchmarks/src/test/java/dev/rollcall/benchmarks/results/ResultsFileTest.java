package dev.rollcall.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_whatWasWritten_isTheSame() throws IOException {
        Path file = folder.resolve("a.json");
        SampleResults.results().write(file);

        assertThat(ResultsFile.read(file)).isEqualTo(SampleResults.results());
        assertThat(Files.readAllLines(file)).hasSizeLessThan(25);
    }

    @Test
    void read_passThatIsMissing_isNullAtItsPlace() throws IOException {
        Path file = folder.resolve("a.json");
        SampleResults.results().write(file);

        assertThat(ResultsFile.read(file).passes(Cells.replace(Subject.EXACT, Cells.MANY, 1), Series.SCORE))
                .containsExactly(2.0, 2.0, null, 2.0, 2.0, 2.0);
    }

    @Test
    void write_longNumbers_areRoundedToWhatTablesNeed() throws IOException {
        Cell cell = Cells.replace(Subject.EXACT, Cells.FEW, 1);
        Path file = folder.resolve("a.json");
        new ResultsFile(ResultsFile.none().run(), List.of(), List.of(SampleResults.score(cell, 1.23456789, 3e9)))
                .write(file);

        assertThat(ResultsFile.read(file).passes(cell, Series.SCORE)).containsExactly(1.2346, 3e9);
    }

    @Test
    void passes_cellInAnotherVirtualMachine_isAnotherCell() {
        Cell cell = Cells.replace(Subject.EXACT, Cells.FEW, 1);

        assertThat(SampleResults.results().passes(cell, Series.SCORE)).hasSize(5);
        assertThat(SampleResults.results().passes(cell.in(Jvm.G1), Series.SCORE))
                .isEmpty();
        assertThat(SampleResults.results().passes(cell, Series.GARBAGE)).isEmpty();
    }

    @Test
    void read_anythingElse_isRefusedByName() {
        assertRefused("[]");
        assertRefused("{\"run\": {}}");
        assertRefused("");
    }

    @Test
    void isOfACommit_changedOrUnknownSources_isFalse() {
        assertThat(of("abc").isOfACommit()).isTrue();
        assertThat(of("abc with local changes").isOfACommit()).isFalse();
        assertThat(of("unknown").isOfACommit()).isFalse();
    }

    private static Provenance of(String commit) {
        return new Provenance("", "", commit, "", "");
    }

    private void assertRefused(String content) {
        assertThatIOException()
                .isThrownBy(() -> ResultsFile.read(Files.writeString(folder.resolve("b.json"), content)))
                .withMessageContaining("b.json");
    }
}
