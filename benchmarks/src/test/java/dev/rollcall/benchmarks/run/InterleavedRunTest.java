package dev.rollcall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.run.InterleavedRun.Planned;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class InterleavedRunTest {
    private static final Cell OURS = Cells.replace(Subject.EXACT, Cells.FEW, 1);
    private static final Cell THEIRS = Cells.replace(Subject.BARE_MAP, Cells.FEW, 1);
    private final List<Cell> order = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void pass_again_measuresEveryCellTheOtherWayRound() {
        InterleavedRun run = run(100, Planned.always(THEIRS), cell -> fork(1));

        assertThat(run.pass()).isTrue();
        assertThat(run.pass()).isTrue();

        assertThat(order).containsExactly(OURS, THEIRS, THEIRS, OURS);
    }

    @Test
    void pass_cellForFewerPasses_isLeftOutLater() {
        InterleavedRun run = run(100, Planned.atMost(1, THEIRS), cell -> fork(1));
        run.pass();
        run.pass();

        assertThat(order).containsExactly(OURS, THEIRS, OURS);
    }

    /** Its forks stay those of their passes, so that pairs are of one pass. */
    @Test
    void pass_cellForEverySecondPass_isLeftOutBetween() {
        InterleavedRun run = run(100, Planned.everyNth(THEIRS, 2), cell -> fork(order.size()));
        for (int pass = 0; pass < 3; pass++) {
            run.pass();
        }

        // The third pass is backwards: they take turns, too.
        assertThat(order).containsExactly(OURS, THEIRS, OURS, THEIRS, OURS);
        assertThat(run.results(ResultsFile.none().run()).passes(THEIRS, Series.SCORE))
                .containsExactly(2.0, null, 4.0);
    }

    /** A pass for which none is meant is not the end. */
    @Test
    void pass_allForEverySecondPass_goesOn() {
        InterleavedRun run =
                new InterleavedRun(List.of(Planned.everyNth(OURS, 2)), 100, this::measured, new PrintStream(printed));
        for (int pass = 0; pass < 3; pass++) {
            assertThat(run.pass()).isTrue();
        }

        assertThat(order).containsExactly(OURS, OURS);
    }

    @Test
    void pass_allForFewerPasses_ends() {
        InterleavedRun run =
                new InterleavedRun(List.of(Planned.atMost(1, OURS)), 100, this::measured, new PrintStream(printed));

        assertThat(run.pass()).isTrue();
        assertThat(run.pass()).isFalse();
    }

    private Fork measured(Cell cell) {
        order.add(cell);
        return fork(1);
    }

    @Test
    void pass_noTimeLeft_onlyTheFirstIsMade() {
        InterleavedRun run = run(0, Planned.always(THEIRS), cell -> fork(1));

        assertThat(run.pass()).isTrue();
        assertThat(run.pass()).isFalse();
        assertThat(order).containsExactly(OURS, THEIRS);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("pass 2 ends after 0 cells: the time left of 0:00 was too short for 2 more");
    }

    @Test
    void results_forkThatCannotBeUsed_isNamedAndLeavesItsPlaceEmpty() {
        InterleavedRun run = run(
                100,
                Planned.always(THEIRS),
                cell -> cell.equals(THEIRS) && order.size() == 3
                        ? new Fork(Map.of(), "never became steady", false)
                        : fork(order.size()));
        for (int pass = 0; pass < 3; pass++) {
            run.pass();
        }
        ResultsFile results = run.results(ResultsFile.none().run());

        assertThat(results.passes(OURS, Series.SCORE)).containsExactly(1.0, 4.0, 6.0);
        assertThat(results.passes(THEIRS, Series.SCORE)).containsExactly(2.0, null, 5.0);
        assertThat(results.unused()).containsExactly("pass 2: " + THEIRS + " never became steady");
    }

    @Test
    void pass_cellThatFailed_isNotTriedAgain() {
        InterleavedRun run = run(
                100,
                Planned.always(THEIRS),
                cell -> cell.equals(THEIRS) ? new Fork(Map.of(), "failed: why", true) : fork(1));
        run.pass();
        run.pass();

        assertThat(order).containsExactly(OURS, THEIRS, OURS);
        assertThat(run.results(ResultsFile.none().run()).unused())
                .containsExactly("pass 1: " + THEIRS + " failed: why");
    }

    @Test
    void fork_iterationsBeforeItIsSteady_doNotCount() {
        Fork fork = Fork.of(iterations(1, 2, 10, 11, 10, 9), true);

        assertThat(fork.reason()).isEmpty();
        assertThat(fork.figures())
                .containsEntry(Series.SCORE, new Fork.Figure(10, "ops/us"))
                .containsEntry("other", new Fork.Figure(100, "B"));
    }

    /** The sessions that are live from the beginning are made in the first iteration. */
    @Test
    void fork_garbage_isWithoutThatOfTheFirstIteration() {
        assertThat(Fork.of(garbage(3_000, 56, 58), true).figures())
                .containsEntry(Series.GARBAGE, new Fork.Figure(57, "B/op"));
        assertThat(Fork.of(garbage(3_000), false).figures())
                .containsEntry(Series.GARBAGE, new Fork.Figure(3_000, "B/op"));
    }

    private static List<Map<String, Fork.Figure>> garbage(double... bytes) {
        return DoubleStream.of(bytes)
                .mapToObj(each -> Map.of(
                        Series.SCORE, new Fork.Figure(10, "ops/us"), Series.GARBAGE, new Fork.Figure(each, "B/op")))
                .toList();
    }

    @Test
    void fork_neverSteady_isNotUsedAndSaysWhy() {
        Fork fork = Fork.of(iterations(1, 2, 4, 8, 16, 32), true);

        assertThat(fork.figures()).isEmpty();
        assertThat(fork.reason()).startsWith("never became steady: 1.000 2.000");
    }

    @Test
    void fork_processorsShareACache_saysHowLongALineTook() {
        assertThat(fork(7).between(30, 50).figures())
                .containsOnly(
                        Map.entry(Series.SCORE, new Fork.Figure(7, "ops/us")),
                        Map.entry(Series.HANDOVER, new Fork.Figure(40, "ns")));
    }

    @Test
    void fork_processorsFarApart_isNoForkLikeOthers() {
        Fork fork = fork(7).between(200, 210);

        assertThat(fork.figures()).containsOnlyKeys("score far apart", Series.HANDOVER);
        assertThat(fork.score().value()).isEqualTo(7);
        assertThat(fork(7).score().value()).isEqualTo(7);
    }

    @Test
    void fork_processorsMoved_isNotUsed() {
        for (Fork fork : List.of(fork(7).between(30, 200), fork(7).between(200, 30))) {
            assertThat(fork.figures()).isEmpty();
            assertThat(fork.reason()).isEqualTo("the processors were moved meanwhile");
            assertThat(fork.isBroken()).isFalse();
        }
    }

    @Test
    void fork_processorsMoved_isRunOnceMore() {
        Fork moved = fork(7).between(30, 200);

        assertThat(firstUnmoved(fork(1), fork(2)).score().value()).isEqualTo(1);
        assertThat(firstUnmoved(moved, fork(2)).score().value()).isEqualTo(2);
        assertThat(firstUnmoved(moved, moved, fork(3))).isSameAs(moved);
    }

    private static Fork firstUnmoved(Fork... forks) {
        return Fork.unmoved(List.of(forks).iterator()::next);
    }

    @Test
    void fork_thatFailed_staysSo() {
        Fork failed = new Fork(Map.of(), "failed: why", true);

        assertThat(failed.between(30, 200)).isSameAs(failed);
    }

    /** How long depends on the machine, and on what else it does. */
    @Test
    void handover_takesTime() {
        assertThat(Handover.nanos()).isFinite().isPositive();
    }

    @Test
    void fork_thatDoesNotWarmUp_countsWhole() {
        assertThat(Fork.of(iterations(7), false).figures()).containsKey(Series.SCORE);
        assertThat(Fork.of(List.of(), false).reason()).isEqualTo("gave no result");
    }

    private static List<Map<String, Fork.Figure>> iterations(double... scores) {
        List<Map<String, Fork.Figure>> iterations = new ArrayList<>();
        for (double score : scores) {
            iterations.add(
                    Map.of(Series.SCORE, new Fork.Figure(score, "ops/us"), "other", new Fork.Figure(10 * score, "B")));
        }
        return iterations;
    }

    private InterleavedRun run(long seconds, Planned theirs, Function<Cell, Fork> runner) {
        return new InterleavedRun(
                List.of(Planned.always(OURS), theirs),
                seconds,
                cell -> {
                    order.add(cell);
                    return runner.apply(cell);
                },
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static Fork fork(double score) {
        return new Fork(Map.of(Series.SCORE, new Fork.Figure(score, "ops/us")), "", false);
    }
}
