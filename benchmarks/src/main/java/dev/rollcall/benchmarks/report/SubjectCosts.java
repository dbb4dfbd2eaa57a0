package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.goals.Cells;
import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.benchmarks.results.Series;
import dev.rollcall.benchmarks.stats.Estimate;
import dev.rollcall.stress.subjects.Shipped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the subjects of the stress module's check cost, as multiples of what the map with a counter costs in the same
 * pass.
 */
public final class SubjectCosts {
    private static final Shipped BASELINE = Shipped.MAP_ATOMIC;
    private static final String INCONCLUSIVE = "inconclusive";

    private final ResultsFile file;
    private final List<Operation> measured;

    private enum Operation {
        REPLACE("create + destroy", Cells.SUBJECT_REPLACE),
        KEEP_ALIVE("keepalive", Cells.SUBJECT_KEEP_ALIVE),
        COUNT("count", Cells.SUBJECT_COUNT);

        private final String label;
        private final String benchmark;

        Operation(String label, String benchmark) {
            this.label = label;
            this.benchmark = benchmark;
        }
    }

    private SubjectCosts(ResultsFile file) {
        this.file = file;
        this.measured = Stream.of(Operation.values())
                .filter(operation -> Stream.of(Shipped.values())
                        .anyMatch(subject -> isMeasured(passes(operation, subject.cliName()))))
                .toList();
    }

    /** Empty if the file has none. */
    static Optional<SubjectCosts> of(ResultsFile file) {
        return Optional.of(new SubjectCosts(file)).filter(costs -> !costs.measured.isEmpty());
    }

    /** The operations that were measured. */
    public List<String> columns() {
        return measured.stream().map(operation -> operation.label).toList();
    }

    /**
     * The costs of a subject, one for each column.
     *
     * @param subject its name on the command line
     */
    public List<String> of(String subject) {
        return measured.stream().map(operation -> cost(operation, subject)).toList();
    }

    /** How to read them. */
    public String note() {
        String absolute = measured.stream()
                .flatMap(operation -> Estimate.of(passes(operation, BASELINE.cliName()))
                        .filter(Estimate::isTelling)
                        .map(nanos -> operation.label + ' ' + GoalTable.interval(nanos) + " ns")
                        .stream())
                .collect(Collectors.joining(", "));
        return "Costs are multiples of what " + BASELINE.title()
                + " costs, taken between the two forks of each pass, among a thousand sessions on one thread; in brackets is"
                + " the " + Estimate.CONFIDENCE_PERCENT
                + " % interval over the passes. \"Inconclusive\" is what was measured in fewer than "
                + Estimate.FEWEST_FORKS
                + " pairs of forks or too unsteadily. Rollcall has one shard here, so a read of its count"
                + " costs less than with the default; Rollcall, the maps, Janus' models and Caffeine have a clock that is moved by hand, so a keepalive of Rollcall finds that no time has passed and writes nothing."
                + " Nothing is created or ended while the count is read: beside writers, an exact one takes up to a hundred times"
                + " as long, see the curves."
                + (absolute.isEmpty() ? "" : " The map's own: " + absolute + '.');
    }

    /** Where the numbers come from. */
    public Provenance run() {
        return file.run();
    }

    Table table() {
        return new Table(
                "What the subjects of the check cost",
                note(),
                Stream.concat(Stream.of(""), columns().stream()).toList(),
                Stream.of(Shipped.values())
                        .map(subject -> Stream.concat(Stream.of(subject.title()), of(subject.cliName()).stream())
                                .toList())
                        .toList());
    }

    private String cost(Operation operation, String subject) {
        List<Double> passes = passes(operation, subject);
        if (!isMeasured(passes)) {
            return Numbers.NONE;
        }
        return subject.equals(BASELINE.cliName())
                ? "1"
                : Estimate.ofRatio(passes, passes(operation, BASELINE.cliName()))
                        .filter(Estimate::isTelling)
                        .map(GoalTable::interval)
                        .orElse(INCONCLUSIVE);
    }

    private List<Double> passes(Operation operation, String subject) {
        return file.passes(Cells.checked(operation.benchmark, subject), Series.SCORE);
    }

    private static boolean isMeasured(List<Double> passes) {
        return passes.stream().anyMatch(Objects::nonNull);
    }
}
