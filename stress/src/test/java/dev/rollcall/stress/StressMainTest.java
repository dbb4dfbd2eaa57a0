package dev.rollcall.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.run.StressTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line: what it understands, and how it answers what it does not. */
class StressMainTest {
    private static final int WRONG_CALL = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return StressMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static List<String> filesOf(String regex) {
        return StressTest.matching(Pattern.compile(regex)).stream()
                .map(test -> test.file().getSimpleName())
                .distinct()
                .toList();
    }

    @Test
    void tests_wholeNameOfAFile_isThatFile() {
        assertThat(filesOf("DestroyVsTimeout")).containsExactly("DestroyVsTimeout");
        assertThat(filesOf("lifecycle.DestroyVsTimeout")).containsExactly("DestroyVsTimeout");
        List<String> alike = List.of("DestroyVsTimeout", "DestroyVsTimeoutAtLimit", "DestroyVsTimeoutVsTransportGone");
        assertThat(filesOf("DestroyVsTimeout.*")).isEqualTo(alike);
        assertThat(filesOf("DestroyVsTime")).isEqualTo(alike);
        assertThat(filesOf("DestroyVsTimeout|Negative")).containsExactlyInAnyOrder("Negative", "DestroyVsTimeout");
    }

    @Test
    void tests_partOfAName_isSearchedFor() {
        assertThat(StressTest.matching(Pattern.compile("Control_")))
                .isNotEmpty()
                .allMatch(test -> test.variant().startsWith("Control_"));
        assertThat(StressTest.matching(Pattern.compile(""))).isEqualTo(StressTest.all());
    }

    @Test
    void list_atTheRootAndAsRaces_printsTheTestsAndRunsNone() {
        assertThat(run("-l", "-t", "FoundButNotCounted")).isZero();
        String listed = out.toString();
        assertThat(listed.lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("count.FoundButNotCounted."))
                .anyMatch(line -> line.endsWith("Control_SecondClock"));

        out.getBuffer().setLength(0);
        assertThat(run("races", "-l", "-t", "FoundButNotCounted")).isZero();
        assertThat(out).hasToString(listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "races", "drift", "soak", "spec", "survivors"})
    void help_everywhere(String subcommand) {
        String[] args = subcommand.isEmpty() ? new String[] {"-h"} : new String[] {subcommand, "-h"};

        assertThat(run(args)).isZero();
        assertThat(out.toString()).contains("Usage: rollcall-stress").contains("-h, --help");
    }

    @Test
    void help_documentsExitStatusAndSubcommands() {
        run("-h");

        assertThat(out.toString()).contains("0   everything held", "1   ", "2   the call is wrong", "drift", "soak");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--profile tiny | '--profile': expected one of [SHORT, FULL, LONG]",
                "--seconds -1 | --seconds must not be negative: -1",
                "--seconds soon | '--seconds': 'soon' is not an int",
                "-t ( | '--tests'",
                "-t NoSuchTest | no test matches -t NoSuchTest; -l lists all tests",
                "-t | '--tests'",
                "--sekonds 1 | '--sekonds'",
                "drfit | 'drfit'",
                "drift --seconds 0 | --seconds must be at least 1: 0",
                "drift --seed x | '--seed': 'x' is not a long",
                "soak --defect none_such | expected one of [NONE, DROPPED_EVENT,",
                "soak --seed soon | --seed must be a number or random: soon",
                "spec --spec /nowhere --out x | --spec: there are no models in /nowhere",
                "spec | '--spec=DIR'",
                "survivors | '--report=FILE'",
            })
    void wrongCall_isAnsweredByNameAndChoices(String line, String answer) {
        assertThat(run(line.split(" "))).isEqualTo(WRONG_CALL);
        assertThat(err.toString()).contains(answer).doesNotContain("\tat ");
    }

    @Test
    void profile_inAnyCase_isUnderstood() {
        CommandLine line = StressMain.commandLine();

        line.parseArgs("--profile", "full", "--seconds", "9");

        Object profile = line.getParseResult().matchedOptionValue("--profile", null);
        assertThat(profile).hasToString("FULL");
    }
}
