package dev.rollcall.benchmarks.report;

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
                    + " forks; else it is inconclusive. Of several peers the best is shown.";
    private static final String NOTE_OF_THREADS =
            " Several threads: \"far apart\" are forks whose processors did not share a cache; all other rows are of those whose"
                    + " processors did.";
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
                goal.question(),
                shown(goal.ours()),
                answer.other().map(other -> shown(other) + named(goal, other)).orElse(Numbers.NONE),
                interval(answer.estimate()),
                Integer.toString(answer.estimate().forks()),
                goal.bound().toString(),
                answer.verdict().toString());
    }

    /** Of peers, which one it is. */
    private static String named(Goal goal, Quantity other) {
        return goal.others().size() > 1 ? ' ' + other.cell().subject().label() : "";
    }

    private String shown(Quantity quantity) {
        return quantity.estimate(file)
                .map(estimate -> Numbers.plain(estimate.value()))
                .orElse(Numbers.NONE);
    }

    static String interval(Estimate estimate) {
        return Numbers.plain(estimate.value()) + " [" + Numbers.plain(estimate.low()) + ", "
                + Numbers.plain(estimate.high()) + ']';
    }
}
