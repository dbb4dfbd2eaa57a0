package dev.rollcall.benchmarks.goals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.benchmarks.CountBenchmark;
import dev.rollcall.benchmarks.goals.Goal.Answer;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.SampleResults;
import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.ResultsFile.Measured;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Bound.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final ResultsFile FILE = SampleResults.results();

    @Test
    void answer_severalPeers_isAboutTheBest() {
        Answer answer = answer("create + destroy, 1 M, 1 thread, to the best peer with timers");

        assertThat(answer.other().orElseThrow().cell().subject()).isEqualTo(Subject.TOMCAT);
        assertThat(answer.estimate().value()).isCloseTo(2.5, within(1e-9));
        assertThat(answer.verdict()).isEqualTo(Verdict.MET);
    }

    /** The map under one lock has no timers and is no peer. */
    @Test
    void answer_times_areTheirsOverOursOfThoseWithTimers() {
        Answer answer = answer("expiring a million, to the best peer with timers");

        assertThat(answer.other().orElseThrow().cell().subject()).isEqualTo(Subject.CAFFEINE);
        assertThat(answer.estimate().value()).isCloseTo(6, within(1e-9));
    }

    @Test
    void answer_passWithOneForkOnly_isLeftOut() {
        Answer answer = answer("create + destroy, 1 M, 1 thread, to the bare map");

        assertThat(answer.estimate().forks()).isEqualTo(5);
        assertThat(answer.estimate().value()).isCloseTo(2, within(1e-9));
    }

    /** Threads far apart are compared with one thread alone, wherever that was. */
    @Test
    void answer_ofSeveralThreads_isOfForksWhoseProcessorsShareACache() {
        ResultsFile apart = SampleResults.apart();

        assertThat(answer("create + destroy, 1 k, 8 threads, to one alone", apart)
                        .estimate())
                .satisfies(near -> {
                    assertThat(near.value()).isCloseTo(2, within(1e-9));
                    assertThat(near.forks()).isEqualTo(5);
                });
        assertThat(answer("create + destroy, 1 k, 8 threads, to one alone, far apart", apart)
                        .estimate())
                .satisfies(far -> {
                    assertThat(far.value()).isCloseTo(0.5, within(1e-9));
                    assertThat(far.forks()).isEqualTo(3);
                });
    }

    /** Ours has one thread and is the same wherever the processors are; the rival's own thread is not. */
    @Test
    void answer_peerWithAThreadOfItsOwn_isComparedNearAndFar() {
        Cell wheel = Cells.replace(Subject.NETTY_WHEEL, Cells.FEW, 1);
        ResultsFile file = new ResultsFile(
                ResultsFile.none().run(),
                List.of(),
                List.of(
                        SampleResults.score(
                                Cells.replace(Subject.EXACT, Cells.FEW, 1), 12.0, 12.0, 12.0, 12.0, 12.0, 12.0),
                        new Measured(
                                wheel,
                                Map.of(
                                        Series.SCORE,
                                        new Series("ops/us", Arrays.asList(6.0, 6.0, 6.0, null, null, null)),
                                        Series.far(Series.SCORE),
                                        new Series("ops/us", Arrays.asList(null, null, null, 4.0, 4.0, 4.0))))));

        assertThat(answer("create + destroy, 1 k, 1 thread, to the best peer with timers", file)
                        .estimate()
                        .value())
                .isCloseTo(2, within(1e-9));
        assertThat(answer("create + destroy, 1 k, 1 thread, to the best peer with timers, far apart", file)
                        .estimate()
                        .value())
                .isCloseTo(3, within(1e-9));
    }

    @Test
    void all_goalsOfOneThread_areNotAskedTwice() {
        assertThat(Goals.all())
                .extracting(Goal::question)
                .contains(
                        "create + destroy beside a reader of the count in a hot loop, 64 shards, to the bare map beside mappingCount(),"
                                + " far apart")
                .doesNotContain("create + destroy, 1 k, 1 thread, to the bare map, far apart");
    }

    @Test
    void answer_goalForTheQuantityItself_hasNothingBesideIt() {
        Answer answer = answer("bytes of a session among a million of one transport");

        assertThat(answer.other()).isEmpty();
        assertThat(answer.verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void answer_tooFewForks_isNone() {
        assertThat(Goals.all().stream()
                        .filter(goal -> goal.question().startsWith("keepalive by id, 1 k,"))
                        .map(goal -> goal.answer(FILE)))
                .isNotEmpty()
                .allMatch(Optional::isEmpty);
    }

    @Test
    void all_questions_areDifferent() {
        assertThat(Goals.all()).extracting(Goal::question).doesNotHaveDuplicates();
    }

    @Test
    void curves_exactAsFast_saysHowOften() {
        assertThat(Curves.answer(points(1, 1, 1, 1, 1)))
                .isEqualTo("Where as many reads were made as were due, writers pay at most 5 % for exactness against no"
                        + " counting at all at 2 of 2 points, more at 0, and 0 are inconclusive.");
    }

    @Test
    void curves_exactSlower_namesThePoints() {
        assertThat(Curves.answer(points(1.5, 1.5, 1.5, 1.5, 1.5)))
                .contains("more at 2 (1 thread with 1 read/s, 32 virtual threads with 10,000 reads/s)");
    }

    @Test
    void curves_noise_isInconclusive() {
        assertThat(Curves.answer(points(0.5, 1.5, 1, 2, 0.7)))
                .contains("at 0 of 2 points, more at 0, and 2 are inconclusive");
    }

    @Test
    void curves_slowerWithProcessorsFarApart_namesThePoint() {
        Curves.Writers two = Curves.WRITERS.get(1);
        ResultsFile file = new ResultsFile(
                ResultsFile.none().run(),
                List.of(),
                List.of(
                        farApart(Curves.cell(Subject.EXACT, two, 1), 4.0, 4.1, 4.2, 4.1, 4.0),
                        farApart(Curves.cell(Subject.NONE, two, 1), 5.0, 5.1, 5.2, 5.1, 5.0)));

        assertThat(Curves.answer(file)).contains("more at 1 (2 threads with 1 read/s far apart)");
    }

    /** Whose reader fell behind has quicker writers, but not because it counts more cheaply. */
    @Test
    void curves_readsThatWereDueAreNotMade_isNotJudged() {
        Curves.Writers eight = Curves.WRITERS.get(2);
        List<Measured> measured = new ArrayList<>();
        for (int reads : Curves.READS) {
            for (Subject subject : List.of(Subject.EXACT, Subject.ATOMIC)) {
                double made = reads == 1_000_000 && subject == Subject.EXACT ? 300_000 : reads;
                measured.add(new Measured(
                        Curves.cell(subject, eight, reads),
                        Map.of(
                                Series.SCORE,
                                new Series("ops/us", List.of(5.0, 5.0, 5.0, 5.0, 5.0)),
                                CountBenchmark.READS,
                                new Series("ops/s", List.of(made, made, made, made, made)))));
            }
        }

        assertThat(Curves.answer(new ResultsFile(ResultsFile.none().run(), List.of(), measured)))
                .as("neither a million reads nor the loop")
                .contains("against ATOMIC at 2 of 2 points, more at 0, and 0 are inconclusive");
    }

    private static Measured farApart(Cell cell, Double... passes) {
        return new Measured(cell, Map.of(Series.far(Series.SCORE), new Series("ops/us", List.of(passes))));
    }

    @Test
    void curves_nothingMeasured_isSilent() {
        assertThat(Curves.answer(ResultsFile.none())).isEmpty();
    }

    /** The first point of the first threads and the second of the last; no counting is so many times as fast as exact. */
    private static ResultsFile points(double... factors) {
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Curves.Writers writers = Curves.WRITERS.get(i * (Curves.WRITERS.size() - 1));
            int reads = Curves.READS.get(i);
            Double[] ofNone = new Double[factors.length];
            Double[] ofExact = new Double[factors.length];
            for (int pass = 0; pass < factors.length; pass++) {
                ofExact[pass] = 10.0 + pass;
                ofNone[pass] = factors[pass] * ofExact[pass];
            }
            measured.add(SampleResults.score(Curves.cell(Subject.EXACT, writers, reads), ofExact));
            measured.add(SampleResults.score(Curves.cell(Subject.NONE, writers, reads), ofNone));
        }
        return new ResultsFile(ResultsFile.none().run(), List.of(), measured);
    }

    private static Answer answer(String question) {
        return answer(question, FILE);
    }

    private static Answer answer(String question, ResultsFile file) {
        return Goals.all().stream()
                .filter(goal -> goal.question().equals(question))
                .findFirst()
                .orElseThrow()
                .answer(file)
                .orElseThrow();
    }
}
