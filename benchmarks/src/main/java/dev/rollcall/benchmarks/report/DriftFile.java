package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the drift replay wrote.
 *
 * @param seed repeats the day
 * @param java the virtual machine's version
 * @param os operating system and processor
 * @param processors how many
 * @param passed whether each historical defect showed and Rollcall did not drift
 * @param failures what was not so
 * @param subjects one per manager
 */
record DriftFile(
        long seed,
        String java,
        String os,
        int processors,
        boolean passed,
        List<String> failures,
        List<Replayed> subjects) {
    /** One manager. */
    record Replayed(String name, String demand, boolean passed, Day day, Race race) {}

    /** A day on one thread; three series of equal length. */
    record Day(
            long created,
            long destroyed,
            long timedOut,
            long transportGone,
            long count,
            long table,
            long largestDrift,
            List<Long> minutes,
            List<Long> counts,
            List<Long> tables) {
        long drift() {
            return count - table;
        }
    }

    /** Destroy racing timeout. */
    record Race(
            long rounds,
            long wonByDestroy,
            long wonByTimeout,
            long endedTwice,
            long endedNever,
            long roundsBelow,
            long roundsAbove,
            long count,
            long table) {
        long drift() {
            return count - table;
        }
    }

    DriftFile {
        failures = JsonFile.orEmpty(failures);
        subjects = JsonFile.orEmpty(subjects);
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        failures.forEach(failure -> reasons.add("drift replay: " + failure));
        if (subjects.isEmpty()) {
            reasons.add("drift replay: nothing was replayed");
        }
        if (reasons.isEmpty() && !passed) {
            reasons.add("drift replay: failed");
        }
        return reasons;
    }
}
