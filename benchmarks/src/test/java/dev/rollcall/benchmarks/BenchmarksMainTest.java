package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.report.SampleResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line: what it understands, and how it answers what it does not. */
class BenchmarksMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return BenchmarksMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    static Set<String> commands() {
        return BenchmarksMain.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_everywhere(String command) {
        assertThat(run(command, "-h")).isZero();
        assertThat(out.toString()).contains("Usage: rollcall-benchmarks").contains("-h, --help");
    }

    @Test
    void help_documentsExitStatusAndCommands() {
        assertThat(run("-h")).isZero();
        assertThat(out.toString())
                .contains("0   everything held", "1   ", "2   the call is wrong", "goes to JMH")
                .contains("smoke", "measure", "tables", "details", "picture", "report");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "measure | Missing required parameter: 'FILE'",
                "measure a.json --seconds 0 | --seconds must be at least 1: 0",
                "measure a.json --seconds soon | '--seconds': 'soon' is not a long",
                "measure a.json --seconds | '--seconds'",
                "measure a.json --goals --curves | --goals, --curves are mutually exclusive",
                "measure a.json --subjects --headlines | --headlines, --subjects are mutually exclusive",
                "measure a.json --goals --goal expiring | are mutually exclusive",
                "measure a.json --goal nothing.of.the.kind | no goal has 'nothing.of.the.kind' in its question",
                "measure a.json --goal ( | '--goal'",
                "measure a.json --gaols | '--gaols'",
                "tables | Missing required parameter: 'FILE'",
                "details | Missing required parameter: 'FILE'",
                "details a.json b.json | Unmatched argument at index 2: 'b.json'",
                "picture a.json | Missing required option: '--out=DIR'",
                "report --out out | Missing required option: '--stress-results=DIR'",
                "report --stress-results in --out out --seconds -1 | --seconds must be at least 1: -1",
                "smoke --fast | '--fast'",
                "--measrue a.json | '--measrue'",
            })
    void wrongCall_isAnsweredByNameAndChoices(String line, String answer) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(answer).doesNotContain("\tat ");
    }

    @Test
    void file_thatIsNotThere_isNamed() {
        assertThat(run("details", "no-such.json")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file no-such.json").doesNotContain("\tat ");
    }

    @Test
    void benchmark_thatIsNone_isAnsweredWithTheCommands() {
        assertThat(BenchmarksMain.complaint("LifecycleBenchmark")).isEmpty();
        assertThat(BenchmarksMain.complaint("-l")).isEmpty();
        assertThat(BenchmarksMain.complaint("measrue")).contains("'measrue' is no command", "measure", "-l lists");
        assertThat(BenchmarksMain.complaint("(")).contains("'(' is no regular expression");
    }

    /** Results files tell the command that made them as it was at that time. */
    @Test
    void commands_withDashes_areUnderstood() {
        assertThat(commands()).containsAll(List.of("--measure", "--tables", "--details", "--picture", "--report"));
    }

    @Test
    void tables_printsTheGoalsOfEachFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.json");
        SampleResults.results().write(file);

        assertThat(run("tables", file.toString(), file.toString())).isZero();
        assertThat(out.toString()).containsSubsequence("**a JDK**", "| create + destroy", "**a JDK**");
    }
}
