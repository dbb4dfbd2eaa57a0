package dev.rollcall.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the drift replay wrote.
 *
 * @param seed repeats the day
 * @param java the virtual machine's version
 * @param os operating system and processor
 * @param processors how many
 * @param passed whether each historical defect showed and Rollcall did not drift
 * @param failures what was not so
 * @param subjects one per manager, Rollcall last
 */
public record DriftFile(
        long seed,
        String java,
        String os,
        int processors,
        boolean passed,
        List<String> failures,
        List<Replayed> subjects) {
    /** One manager. */
    public record Replayed(String name, Day day, Race race) {}

    /** A day on one thread; three series of equal length. */
    public record Day(
            long created,
            long destroyed,
            long timedOut,
            long transportGone,
            long count,
            long table,
            List<Long> minutes,
            List<Long> counts,
            List<Long> tables) {
        /** The count at the end less the sessions in the table. */
        public long drift() {
            return count - table;
        }

        /** The same at each time. */
        List<Long> drifts() {
            return IntStream.range(0, minutes.size())
                    .mapToObj(i -> counts.get(i) - tables.get(i))
                    .toList();
        }
    }

    /** Destroy racing timeout. */
    public record Race(
            long rounds,
            long wonByDestroy,
            long wonByTimeout,
            long endedTwice,
            long roundsBelow,
            long roundsAbove,
            long count,
            long table) {
        /** The count at the end less the sessions in the table. */
        public long drift() {
            return count - table;
        }

        /** Rounds that moved the count away from the table. */
        public long wrong() {
            return roundsBelow + roundsAbove;
        }
    }

    /** Everything that makes the report red. */
    public List<String> reasons() {
        return subjects.isEmpty() && failures.isEmpty()
                ? List.of("drift replay: nothing was replayed")
                : JsonFile.reasons(
                        failures.stream().map(failure -> "drift replay: " + failure), !passed, "drift replay: failed");
    }
}
