package dev.rollcall.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.run.StressTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    static Set<String> commands() {
        return StressMain.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_everywhere(String subcommand) {
        assertThat(run(subcommand, "-h")).isZero();
        assertThat(out.toString()).contains("Usage: rollcall-stress").contains("-h, --help");
    }

    @Test
    void help_documentsExitStatusAndSubcommands() {
        assertThat(run("-h")).isZero();

        assertThat(out.toString())
                .contains("0   everything held", "1   ", "2   the call is wrong")
                .contains("races", "check", "drift", "soak", "spec", "survivors", "gateway", "storm", "clients")
                // Only the build can run it.
                .doesNotContainPattern("(?m)^  mutants ");
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
                "soak --workers 0 | --workers must be at least 1: 0",
                "soak --seconds 1 --out /dev/null/x | --out /dev/null/x cannot be written",
                "soak --seconds 1 --out . | --out . cannot be written: java.io.IOException: it is a folder",
                "spec --spec /nowhere --out x | --spec: there are no models in /nowhere",
                "spec | '--spec=DIR'",
                "survivors | '--report=FILE'",
                "check | --subject is missing: all, a class, or one of rollcall",
                "check --subject tomcta | --subject tomcta is neither a class with its package, nor all, nor one of",
                "check --seconds soon --subject tomcat | '--seconds'",
                "gateway --port web | '--port'",
                "gateway --prot 1 | '--prot'",
                "storm --clients many | '--clients'",
                "storm --seed soon | --seed must be a number or random: soon",
                "storm --clients 0 | clients",
                "storm --out /dev/null/x | --out /dev/null/x cannot be written",
                "fleet --nodes 1 | --nodes must be in 2 … 100: 1",
                "fleet --kills -1 | --kills must not be negative: -1",
                "fleet --stops -1 | --stops must not be negative: -1",
                "fleet --partitions -1 | --partitions must not be negative: -1",
                "fleet --millis -1 | --millis must not be negative: -1",
                "fleet --kills 0 --partitions 0 | --kills and --partitions must not both be 0",
                "fleet --nodes 4 --limit 11 | --limit must be at least 12, 3 for each node: 11",
                "fleet --out /dev/null/x | --out /dev/null/x cannot be written",
                "clients | '--scripts",
                "mutants --core a --stress b --profile tiny | expected one of [SHORT, FULL, LONG]",
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
