package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What exactness costs, as the page shows it.
 *
 * @param sentence the answer, as far as the run supports one
 * @param ratio the speed with exact counting to that without any, among a thousand; null if the run does not tell
 * @param charts creates and destroys a second, by the number of live sessions
 * @param tables everything that was measured
 * @param unused forks that were not used, and why
 * @param run where the numbers come from
 */
public record Price(
        String sentence, Estimate ratio, List<Bars> charts, List<Table> tables, List<String> unused, Provenance run) {
    /**
     * A chart.
     *
     * @param title what is compared
     * @param bars one for each subject that was measured well enough
     * @param tooNoisy the other subjects
     */
    public record Bars(String title, List<Bar> bars, List<String> tooNoisy) {
        /** The end of the axis. */
        public double end() {
            return bars.stream().mapToDouble(bar -> bar.estimate().high()).max().orElse(1);
        }
    }

    /** One bar, in million a second. */
    public record Bar(String label, boolean isRollcall, Estimate estimate, String text) {}

    /** From here on up a speed is called the same. */
    private static final double LITTLE = 0.95;

    static Price of(ResultsFile file) {
        return new Price(
                sentence(file, "a thousand", Cells.FEW) + ' ' + sentence(file, "a million", Cells.MANY),
                ratio(file, Cells.FEW).filter(Estimate::isTelling).orElse(null),
                List.of(bars(file, "a thousand", Cells.FEW), bars(file, "a million", Cells.MANY)),
                MarkdownTables.all(file),
                file.unused(),
                file.run());
    }

    private static String sentence(ResultsFile file, String live, long cell) {
        Optional<Estimate> measured = ratio(file, cell);
        if (measured.isEmpty()) {
            return "Among " + live + " live sessions this run did not measure it often enough to tell.";
        }
        Estimate ratio = measured.get();
        String answer;
        if (!ratio.isTelling()) {
            answer = "this run was too noisy to tell what exact counting costs";
        } else if (ratio.high() < 1) {
            answer = String.format(
                    Locale.ROOT,
                    "exact counting costs between %.0f and %.0f %% of the speed",
                    100 * (1 - ratio.high()),
                    100 * (1 - ratio.low()));
        } else if (ratio.low() >= LITTLE) {
            answer = "exact counting costs nothing that this run could measure";
        } else {
            answer = String.format(
                    Locale.ROOT,
                    "exact counting costs between nothing and %.0f %% of the speed",
                    100 * (1 - ratio.low()));
        }
        return "Among " + live + " live sessions " + answer + ": creates and destroys run at "
                + GoalTable.interval(ratio) + " of the speed without any counting.";
    }

    private static Optional<Estimate> ratio(ResultsFile file, long live) {
        return Estimate.ofRatio(passes(file, Subject.EXACT, live), passes(file, Subject.NONE, live));
    }

    private static Bars bars(ResultsFile file, String live, long cell) {
        List<Bar> all = Arrays.stream(Subject.values())
                .filter(Subject::isShown)
                .flatMap(subject -> Estimate.of(passes(file, subject, cell)).stream()
                        .map(estimate ->
                                new Bar(subject.label(), subject.isRollcall(), estimate, GoalTable.interval(estimate))))
                .toList();
        return new Bars(
                "Million creates and destroys a second, one thread, " + live + " live sessions",
                all.stream().filter(bar -> bar.estimate().isTelling()).toList(),
                all.stream()
                        .filter(bar -> !bar.estimate().isTelling())
                        .map(Bar::label)
                        .toList());
    }

    private static List<Double> passes(ResultsFile file, Subject subject, long live) {
        return file.passes(Cells.replace(subject, live, 1), Series.SCORE);
    }
}
