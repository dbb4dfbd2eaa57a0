package dev.rollcall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.MeasuredFork;
import dev.rollcall.benchmarks.SubjectBenchmark;
import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Curves;
import dev.rollcall.benchmarks.goals.Goals;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.Jvm;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.run.InterleavedRun.Planned;
import dev.rollcall.stress.subjects.Shipped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

class SelectionTest {
    @ParameterizedTest
    @EnumSource
    void plan_everyCell_isOfABenchmarkThatExistsAndPlannedOnce(Selection selection) {
        Set<String> listed = Smoke.listed();

        assertThat(listed).isNotEmpty();
        assertThat(cells(selection))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(cell -> listed.contains("dev.rollcall.benchmarks." + cell.benchmark()));
    }

    /** Or a run by hand would be in another heap than a campaign. */
    @Test
    void benchmarks_all_areAnnotatedInOnePlace() throws ClassNotFoundException {
        for (String benchmark : Smoke.listed()) {
            Class<?> type = Class.forName(benchmark.substring(0, benchmark.lastIndexOf('.')));

            assertThat(type.getSuperclass()).isEqualTo(MeasuredFork.class);
            assertThat(type.getDeclaredAnnotation(Fork.class)).isNull();
        }
        assertThat(MeasuredFork.class.getAnnotation(Fork.class).jvmArgsAppend())
                .containsExactlyElementsOf(Jvm.PARALLEL.arguments());
    }

    @Test
    void plan_everything_leavesNothingOut() {
        assertThat(cells(Selection.EVERYTHING))
                .containsAll(cells(Selection.REPORT))
                .containsAll(cells(Selection.GOALS))
                .containsAll(cells(Selection.CURVES));
        assertThat(cells(Selection.EVERYTHING))
                .extracting(cell -> "dev.rollcall.benchmarks." + cell.benchmark())
                .containsAll(Smoke.listed());
        assertThat(cells(Selection.EVERYTHING))
                .extracting(cell -> cell.params().get("subject"))
                .contains(Stream.of(Subject.values()).map(Enum::name).toArray(String[]::new));
    }

    /** What is raced is measured, by hand as in a campaign. */
    @Test
    void subjects_areAllThatComeWithTheCheck() throws NoSuchFieldException {
        String[] all = Stream.of(Shipped.values()).map(Shipped::cliName).toArray(String[]::new);

        assertThat(SubjectBenchmark.class
                        .getDeclaredField("subject")
                        .getAnnotation(Param.class)
                        .value())
                .containsExactly(all);
        for (String benchmark : List.of("replace", "keepAlive", "count")) {
            assertThat(cells(Selection.SUBJECTS))
                    .filteredOn(cell -> cell.benchmark().equals("SubjectBenchmark." + benchmark))
                    .extracting(cell -> cell.params().get("subject"))
                    .containsExactly(all);
        }
    }

    /** What has a verdict needs as many passes as there is time for. */
    @Test
    void plan_cellOfAGoalOrACurve_isMeasuredToTheEnd() {
        assertThat(Selection.EVERYTHING.plan())
                .filteredOn(planned -> planned.passes() == Planned.UNLIMITED)
                .extracting(Planned::cell)
                .containsAll(cells(Selection.GOALS))
                .containsAll(cells(Selection.CURVES));
    }

    /** Or a ratio would have no pairs. */
    @Test
    void plan_ofAGoal_oursIsThereWheneverTheOtherIs() {
        Map<Cell, Integer> every =
                Selection.GOALS.plan().stream().collect(Collectors.toMap(Planned::cell, Planned::every));

        assertThat(Goals.all())
                .allSatisfy(goal -> assertThat(goal.cells().map(every::get))
                        .allMatch(often -> often % every.get(goal.ours().cell()) == 0));
        assertThat(every.values()).contains(1, 2);
    }

    @Test
    void plan_goals_isWhatGoalsAreAbout() {
        assertThat(Goals.all())
                .allSatisfy(goal -> assertThat(cells(Selection.GOALS))
                        .containsAll(goal.cells().toList()));
        assertThat(Curves.cells()).containsAll(cells(Selection.CURVES));
    }

    /** Those, as often as among all, and no others. */
    @Test
    void planOfGoals_someQuestions_isWhatTheyAreAbout() {
        List<Planned> plan = Selection.planOfGoals(Pattern.compile("^expiring|alone on its"));

        assertThat(plan).isSubsetOf(Selection.GOALS.plan());
        assertThat(plan.stream().map(Planned::cell))
                .contains(
                        Cells.expiry(Subject.EXACT),
                        Cells.expiry(Subject.TOMCAT),
                        Cells.memory(Cells.MEMORY_ALONE, Subject.EXACT, Cells.MANY))
                .allMatch(cell -> Set.of(Cells.EXPIRY, Cells.MEMORY_ALONE).contains(cell.benchmark()));
    }

    @Test
    void missing_nothingMeasured_namesEveryCell() {
        assertThat(Campaign.of(Selection.REPORT).missing(ResultsFile.none()))
                .hasSameSizeAs(Selection.REPORT.plan())
                .allMatch(line -> line.endsWith(" was not measured"));
    }

    @Test
    void missing_measuredWithProcessorsFarApartOnly_isThere() {
        Cell hot = cells(Selection.REPORT).stream()
                .filter(cell -> cell.benchmark().equals(Cells.WRITE))
                .findFirst()
                .orElseThrow();
        Series far = new Series("ops/us", List.of(1.0));
        ResultsFile file = new ResultsFile(
                ResultsFile.none().run(),
                List.of(),
                List.of(new ResultsFile.Measured(hot, Map.of(Series.far(Series.SCORE), far))));

        assertThat(Campaign.of(Selection.REPORT).missing(file))
                .hasSize(Selection.REPORT.plan().size() - 1)
                .doesNotContain(hot + " was not measured");
    }

    @Test
    void smoke_benchmarkWithoutResult_fails() {
        assertThat(Smoke.failures(Set.of("A.one"), List.of())).containsExactly("A.one gave no result");
        assertThat(Smoke.failures(Set.of(), List.of())).containsExactly("there are no benchmarks");
    }

    private static List<Cell> cells(Selection selection) {
        return selection.plan().stream().map(Planned::cell).toList();
    }
}
