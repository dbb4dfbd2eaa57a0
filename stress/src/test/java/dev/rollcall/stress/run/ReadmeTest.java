package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.Guarantee;
import dev.rollcall.stress.Mechanism;
import dev.rollcall.stress.Scenario;
import dev.rollcall.stress.mutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.runners.TestList;

/** The README's tables and the classes say the same, and so do the classes among themselves. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final List<StressTest> TESTS = StressTest.all();

    private static List<Mutant> mutants;

    @BeforeAll
    static void readMutants() throws IOException {
        mutants = Mutant.readAll(Path.of("src/mutants"));
    }

    /** With {@code -Drollcall.pin=write} it writes them first. */
    @Test
    void readme_hasTheTablesOfTheClasses() throws IOException {
        List<List<String>> tables = List.of(
                Tables.matrix(TESTS),
                Tables.reasons(),
                Tables.guarantees(TESTS, mutants),
                Tables.mechanisms(TESTS),
                Tables.bugs(TESTS, mutants),
                Tables.rare(TESTS),
                Tables.links(TESTS));
        List<String> lines = new ArrayList<>(Files.readAllLines(README));
        if ("write".equals(System.getProperty("rollcall.pin"))) {
            tables.forEach(table -> replace(lines, table));
            Files.write(README, lines);
        }

        assertThat(tables)
                .as("-Drollcall.pin=write writes them")
                .allSatisfy(table -> assertThat(lines).containsSequence(table));
    }

    /** Puts a table in the place of the block of lines that begins as it does and ends with an empty line. */
    private static void replace(List<String> lines, List<String> table) {
        String first = table.get(0);
        String beginning = first.startsWith("|")
                ? Pattern.quote(first)
                : first.startsWith("-") ? "- \\(\\w\\) .*" : "\\[\\w+]: src/main/java/.*";
        int from = 0;
        while (!lines.get(from).matches(beginning)) {
            from++;
        }
        int to = from;
        while (to < lines.size() && !lines.get(to).isEmpty()) {
            to++;
        }
        lines.subList(from, to).clear();
        lines.addAll(from, table);
    }

    @Test
    void firstPage_statesTheGuaranteesAsTheReportDoes() throws IOException {
        assertThat(Files.readAllLines(Path.of("../README.md")))
                .containsSequence(Stream.of(Guarantee.values())
                        .map(guarantee ->
                                "| " + guarantee + ' ' + guarantee.label() + " | " + guarantee.statement() + " |")
                        .toList());
    }

    @Test
    void readme_hasNoDeadLink() throws IOException {
        Matcher targets = Pattern.compile("(?:\\]\\(|^\\[\\w+\\]: )([^)\\s#]+)", Pattern.MULTILINE)
                .matcher(Files.readString(README));
        List<String> links = targets.results().map(target -> target.group(1)).toList();

        assertThat(links).isNotEmpty();
        assertThat(links)
                .filteredOn(link -> !link.startsWith("https:"))
                .allSatisfy(link -> assertThat(Path.of(link)).exists());
    }

    @Test
    void files_areAllListed() throws IOException {
        List<String> listed =
                TESTS.stream().map(test -> test.file().getName()).distinct().toList();

        try (Stream<Path> sources = Files.walk(SOURCES)) {
            List<String> annotated = sources.filter(ReadmeTest::isScenario)
                    .map(path -> SOURCES.relativize(path).toString())
                    .map(path -> path.replace(".java", "").replace('/', '.').replace('\\', '.'))
                    .toList();
            assertThat(annotated).isNotEmpty().containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    /** A control that races, which {@link SerialControlsTest} sees to, or a mutant of core that the file has to notice. */
    @Test
    void files_haveAScenarioAndAControlOrAMutant() {
        Map<Class<?>, List<StressTest>> files = TESTS.stream().collect(Collectors.groupingBy(StressTest::file));

        assertThat(files)
                .allSatisfy((file, tests) -> assertThat(tests)
                        .as(file.getSimpleName())
                        .anyMatch(test -> test.kind() == Kind.CONTROL || isCatcher(test))
                        .anyMatch(test -> test.kind() != Kind.CONTROL));
    }

    private static boolean isCatcher(StressTest test) {
        return mutants.stream().anyMatch(mutant -> mutant.catchers(false).contains("jcstress " + test.shortName()));
    }

    @Test
    void controls_areThoseThatReproduceSomething() {
        assertThat(TESTS)
                .allSatisfy(test -> assertThat(test.variant().startsWith("Control_"))
                        .as(test.name())
                        .isEqualTo(test.kind() == Kind.CONTROL));
    }

    @Test
    void controls_coverEveryMechanism() {
        assertThat(TESTS.stream()
                        .filter(test -> test.kind() == Kind.CONTROL)
                        .map(test -> test.control().mechanism())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Mechanism.values());
    }

    @Test
    void controls_gradeOneAnomaly() {
        assertThat(TESTS).allSatisfy(test -> {
            long interesting = TestList.getInfo(test.name()).cases().stream()
                    .filter(outcome -> outcome.expect() == Expect.ACCEPTABLE_INTERESTING)
                    .map(StateCase::description)
                    .distinct()
                    .count();
            // A counter strategy may document one anomaly, a scenario none.
            assertThat(interesting).as(test.name()).isBetween(least(test), most(test));
        });
    }

    @Test
    void outcomes_thatAreUnknownAreForbidden() {
        assertThat(TESTS)
                .allSatisfy(test -> assertThat(
                                TestList.getInfo(test.name()).unmatched().expect())
                        .as(test.name())
                        .isEqualTo(Expect.FORBIDDEN));
    }

    private static long least(StressTest test) {
        return test.kind() == Kind.CONTROL ? 1 : 0;
    }

    private static long most(StressTest test) {
        return test.kind() == Kind.SCENARIO ? 0 : 1;
    }

    @ParameterizedTest
    @EnumSource(value = Guarantee.class, mode = EnumSource.Mode.EXCLUDE, names = "G12")
    void guarantee_hasAScenarioAndAControl(Guarantee guarantee) {
        List<StressTest> holding =
                TESTS.stream().filter(test -> Tables.breaks(test, guarantee)).toList();

        assertThat(holding).anyMatch(test -> test.kind() == Kind.CONTROL).anyMatch(test -> test.kind() != Kind.CONTROL);
    }

    @Test
    void guarantees_ofAFileAreThoseThatItsForbiddenOutcomesBreak() {
        assertThat(TESTS)
                .allSatisfy(test -> assertThat(broken(test.file()))
                        .as(test.file().getSimpleName())
                        .containsExactlyInAnyOrderElementsOf(test.proves()));
    }

    private static Set<Guarantee> broken(Class<?> file) {
        return Stream.of(Guarantee.values())
                .filter(guarantee ->
                        TESTS.stream().anyMatch(test -> test.file() == file && Tables.breaks(test, guarantee)))
                .collect(Collectors.toSet());
    }

    @Test
    void bugs_thatControlsOrMutantsCiteAreAllListedOnce() {
        List<String> listed = FieldBugs.ALL.stream()
                .flatMap(bug -> Citations.of(bug.reports()).stream())
                .toList();
        Set<String> cited = Stream.concat(
                        TESTS.stream()
                                .filter(test -> test.kind() == Kind.CONTROL)
                                .map(test -> test.control().source()),
                        mutants.stream().map(Mutant::real))
                .flatMap(text -> Citations.of(text).stream())
                .filter(Citations::isOfTheField)
                .collect(Collectors.toSet());

        assertThat(listed).doesNotHaveDuplicates().containsAll(cited);
    }

    @Test
    void bugs_haveAControlOrAMutantOrAReason() {
        assertThat(FieldBugs.ALL)
                .allSatisfy(bug -> assertThat(bug.controls(TESTS).isEmpty()
                                && bug.mutants(mutants).isEmpty())
                        .as(bug.reports())
                        .isNotEqualTo(bug.reason().isEmpty()));
    }

    private static boolean isScenario(Path path) {
        try {
            return path.toString().endsWith(".java")
                    && !path.endsWith(Scenario.class.getSimpleName() + ".java")
                    && Files.readString(path).contains("\n@Scenario(");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
