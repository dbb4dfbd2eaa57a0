package dev.rollcall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages say was measured is what the results files say that they link to. */
class PublishedFiguresTest {
    private static final Path FIRST = Path.of("../README.md");

    /** The rows of the first page's table, each with its goal. */
    private static final Map<String, String> ROWS = Map.of(
            "create + destroy, a thousand live sessions", "create + destroy, 1 k, 1 thread, to the bare map",
            "create + destroy, a million live sessions", "create + destroy, 1 M, 1 thread, to the bare map",
            "keepalive by id, a thousand live sessions, mostly no write",
                    "keepalive by id, 1 k, to the bare map that writes as seldom",
            "keepalive by id, a thousand live sessions, each with a write",
                    "keepalive by id, 1 k, always writes, to the bare map that always writes",
            "keepalive by id, a million live sessions", "keepalive by id, 1 M, to the bare map that writes as seldom",
            "create + destroy beside a loop that reads the count, 64 shards (bare map: `mappingCount()`)",
                    "create + destroy beside a reader of the count in a hot loop, 64 shards, to the bare map beside mappingCount()");

    /** The paragraph before a generated table links to the files that it was made of. "write" makes it anew. */
    @ParameterizedTest
    @CsvSource({
        "README.md, performance",
        "README.md, curves",
        "README.md, subjects",
        "MACHINES.md, open",
        "MACHINES.md, elsewhere",
    })
    void tables_areOfTheFilesThatTheyLinkTo(Path path, String name) throws IOException {
        String page = Files.readString(path);
        int start = page.indexOf("<!-- " + name + ": generated");
        assertThat(start).as(name).isPositive();
        int body = page.indexOf('\n', start) + 1;
        int end = page.indexOf("<!-- end of " + name + " -->", body);
        assertThat(end).as("end of %s", name).isPositive();
        int paragraph = page.lastIndexOf("\n\n", page.lastIndexOf("\n\n", start) - 1);

        List<ResultsFile> files = linked(path, page.substring(paragraph, start));
        assertThat(files).isNotEmpty();
        String current = page.substring(0, body) + MarkdownTables.goals(files).strip() + '\n' + page.substring(end);
        if ("write".equals(System.getProperty("rollcall.pin"))) {
            Files.writeString(path, current);
        }
        assertThat(Files.readString(path)).isEqualTo(current);
    }

    /** Every decimal fraction, with its interval if it has one. */
    @Test
    void firstPage_figures_areInTheTableOfTheFileThatItLinksTo() throws IOException {
        String page = Files.readString(FIRST);
        int start = page.indexOf("\n## Performance");
        String section = page.substring(start, page.indexOf("\n## ", start + 1));
        List<String> figures = found("\\d[\\d,]*\\.\\d+(?: \\[[^\\]]*\\])?", section);
        assertThat(figures).hasSizeGreaterThan(6);

        List<ResultsFile> files = linked(FIRST, section);
        assertThat(files).hasSize(1);
        List<String> cells = found("(?<=\\| )[^|]*(?= \\|)", MarkdownTables.goals(files));
        assertThat(cells).containsAll(figures);
    }

    /** Not only somewhere in that table, but in the row of the goal. */
    @Test
    void firstPage_rows_areThoseOfTheirGoals() throws IOException {
        String page = Files.readString(FIRST);
        List<ResultsFile> files = linked(FIRST, page);
        assertThat(files).hasSize(1);
        List<String> goals = MarkdownTables.goals(files).lines().toList();
        assertThat(ROWS).allSatisfy((row, goal) -> {
            String figure = goals.stream()
                    .filter(line -> line.startsWith("| " + goal + " |"))
                    .map(line -> line.split("\\|", -1)[4].strip())
                    .collect(Collectors.joining());
            assertThat(page).contains("| " + row + " | " + figure + " |\n");
        });
    }

    private static List<ResultsFile> linked(Path page, String text) {
        return found("(?<=\\()[^()]*results/[^()]*\\.json(?=\\))", text).stream()
                .distinct()
                .map(link -> read(page.resolveSibling(link)))
                .toList();
    }

    private static ResultsFile read(Path file) {
        try {
            return ResultsFile.read(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
