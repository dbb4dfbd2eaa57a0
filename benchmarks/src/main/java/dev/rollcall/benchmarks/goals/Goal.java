package dev.rollcall.benchmarks.goals;

import dev.rollcall.benchmarks.results.Cell;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Bound;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A goal: what is measured, what it is compared with, what should come out.
 *
 * @param question what is asked
 * @param ours the quantity that the goal is about
 * @param others what it is compared with; of several the one that fares best against ours counts; none
 *     if the bound is for the quantity itself
 * @param isInverse whether the ratio is theirs to ours, as suits times of which ours should be the shorter
 * @param bound what ratio or quantity it should be
 */
public record Goal(String question, Quantity ours, List<Quantity> others, boolean isInverse, Bound bound) {
    /**
     * A number of a cell.
     *
     * @param cell what is measured
     * @param series which of its numbers
     */
    public record Quantity(Cell cell, String series) {
        static Quantity score(Cell cell) {
            return new Quantity(cell, Series.SCORE);
        }

        private Quantity far() {
            return Cells.isShared(cell) ? new Quantity(cell, Series.far(series)) : this;
        }

        List<Double> passes(ResultsFile file) {
            return file.passes(cell, series);
        }

        /** Of all its forks, near and far apart. */
        public Stream<Double> anywhere(ResultsFile file) {
            return Stream.of(series, Series.otherwise(series))
                    .flatMap(name -> file.passes(cell, name).stream())
                    .filter(Objects::nonNull);
        }

        private boolean isMeasuredFar(ResultsFile file) {
            return Series.isFar(series) && passes(file).stream().anyMatch(Objects::nonNull);
        }

        /** What it was; empty if it was measured too seldom. */
        public Optional<Estimate> estimate(ResultsFile file) {
            return Estimate.of(passes(file));
        }
    }

    /**
     * An answer.
     *
     * @param goal to what
     * @param other what the ratio is to; empty if the goal is for the quantity itself
     * @param estimate the ratio, or the quantity itself
     */
    public record Answer(Goal goal, Optional<Quantity> other, Estimate estimate) {
        /** Whether the goal is met. */
        public Bound.Verdict verdict() {
            return goal.bound.judge(estimate);
        }
    }

    /** The same of processors that do not share a cache; empty if that makes no difference. */
    Optional<Goal> far() {
        return cells().anyMatch(Cells::isShared)
                ? Optional.of(new Goal(
                        question + ", far apart",
                        ours.far(),
                        others.stream().map(Quantity::far).toList(),
                        isInverse,
                        bound))
                : Optional.empty();
    }

    /** The answer that a file has; empty if it has too few forks. */
    public Optional<Answer> answer(ResultsFile file) {
        if (isFar() && quantities().noneMatch(each -> each.isMeasuredFar(file))) {
            return Optional.empty();
        }
        if (others.isEmpty()) {
            return ours.estimate(file).map(estimate -> new Answer(this, Optional.empty(), estimate));
        }
        Comparator<Answer> byRatio =
                Comparator.comparingDouble(answer -> answer.estimate().value());
        Stream<Answer> answers = others.stream()
                .flatMap(
                        other -> ratio(other, file).stream().map(ratio -> new Answer(this, Optional.of(other), ratio)));
        return bound.isLeast() ? answers.min(byRatio) : answers.max(byRatio);
    }

    /** The ratio to one of the others; empty if too few passes have both. */
    public Optional<Estimate> ratio(Quantity other, ResultsFile file) {
        List<Double> mine = ours.passes(file);
        List<Double> theirs = other.passes(file);
        return isInverse ? Estimate.ofRatio(theirs, mine) : Estimate.ofRatio(mine, theirs);
    }

    /** What has to be measured. */
    public Stream<Cell> cells() {
        return quantities().map(Quantity::cell);
    }

    private Stream<Quantity> quantities() {
        return Stream.concat(Stream.of(ours), others.stream());
    }

    private boolean isFar() {
        return quantities().anyMatch(each -> Series.isFar(each.series()));
    }
}
