package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.goals.Goal;
import dev.rollcall.benchmarks.goals.Goal.Answer;
import dev.rollcall.benchmarks.goals.Goal.Quantity;
import dev.rollcall.benchmarks.goals.Goals;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Bound;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project's goals of speed and size, each with its answer. What was measured in too few forks has
 * no row.
 */
final class GoalTable {
    private static final String TITLE = "The goals";

    private static final String NOTE =
            "Speeds are in million a second. A ratio is taken between the two forks of each pass; in brackets is its "
                    + Estimate.CONFIDENCE_PERCENT
                    + " % interval over the passes (Student's, of the logarithms). A goal is met or missed only if the whole"
                    + " interval says so and there were at least " + Bound.FEWEST_FORKS
                    + " forks; else it is inconclusive. Of several peers the best is shown. Rows without a goal are comparisons.";
    private static final String NOTE_OF_THREADS =
            " Several threads, be it of the collector G1, a sweep or a peer: \"far apart\" are forks whose processors did not share a"
                    + " cache, and \"distance unknown\" are forks of which that was not measured; all other rows of several threads are"
                    + " of forks whose processors shared one.";
    private static final List<String> COLUMNS =
            List.of("", "Rollcall", "compared with", "ratio or figure", "forks", "goal", "verdict");

    private final ResultsFile file;
    private final List<Answer> answers;

    GoalTable(ResultsFile file) {
        this.file = file;
        this.answers = Goals.all().stream()
                .map(goal -> goal.answer(file))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Every goal that was measured. */
    Optional<Table> table() {
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        TITLE,
                        file.has(Series.HANDOVER) ? NOTE + NOTE_OF_THREADS : NOTE,
                        COLUMNS,
                        answers.stream().map(this::row).toList()));
    }

    private List<String> row(Answer answer) {
        Goal goal = answer.goal();
        return List.of(
                goal.question() + (isDistanceKnown(answer) ? "" : ", distance unknown"),
                shown(goal.ours()),
                answer.other().map(other -> shown(other) + named(goal, other)).orElse(Numbers.NONE),
                interval(answer.estimate()),
                Integer.toString(answer.estimate().forks()),
                goal.bound().toString(),
                verdict(answer).toString());
    }

    private boolean isDistanceKnown(Answer answer) {
        return Stream.concat(Stream.of(answer.goal().ours()), answer.other().stream())
                .map(Quantity::cell)
                .filter(Cells::isShared)
                .noneMatch(cell -> file.passes(cell, Series.HANDOVER).isEmpty());
    }

    /** Of peers, which one it is, and which ones could not be compared: they might have been better. */
    private String named(Goal goal, Quantity other) {
        if (goal.others().size() == 1) {
            return "";
        }
        String missing =
                missing(goal).map(each -> each.cell().subject().label()).collect(Collectors.joining(", "));
        return ' ' + other.cell().subject().label() + (missing.isEmpty() ? "" : " (no figure: " + missing + ")");
    }

    private Stream<Quantity> missing(Goal goal) {
        return goal.others().stream()
                .filter(each ->
                        file.hasTried(each.cell()) && goal.ratio(each, file).isEmpty());
    }

    /** Inconclusive if one of several has too few forks beside ours, but one that is better than what is shown. */
    private Bound.Verdict verdict(Answer answer) {
        Goal goal = answer.goal();
        double shown = answer.other()
                .flatMap(other -> other.estimate(file))
                .map(Estimate::value)
                .orElse(Double.NaN);
        boolean isMoreBetter = goal.bound().isLeast() != goal.isInverse();
        boolean isOpen = missing(goal)
                .flatMap(each -> each.anywhere(file))
                .anyMatch(value -> isMoreBetter ? value > shown : value < shown);
        return isOpen ? Bound.Verdict.INCONCLUSIVE : answer.verdict();
    }

    private String shown(Quantity quantity) {
        return quantity.estimate(file)
                .map(estimate -> Numbers.plain(estimate.value()))
                .orElse(Numbers.NONE);
    }

    static String interval(Estimate estimate) {
        return interval(estimate, 1, "");
    }

    /** Of nanoseconds, in the unit that suits them. */
    static String time(Estimate nanos) {
        return nanos.value() >= 1e6
                ? interval(nanos, 1e6, " ms")
                : nanos.value() >= 1e3 ? interval(nanos, 1e3, " µs") : interval(nanos, 1, " ns");
    }

    private static String interval(Estimate estimate, double one, String unit) {
        return Numbers.plain(estimate.value() / one) + unit + " [" + Numbers.plain(estimate.low() / one) + ", "
                + Numbers.plain(estimate.high() / one) + ']';
    }
}
