package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the check of session managers wrote.
 *
 * @param expected whether sound subjects held and every control was caught
 * @param seconds how long it took
 * @param subjects one for each manager
 */
record CheckFile(boolean expected, long seconds, List<Subject> subjects) {
    /** One manager. */
    record Subject(String name, String title, String version, List<String> unexpected, List<Cell> cells) {
        Subject {
            unexpected = JsonFile.orEmpty(unexpected);
            cells = JsonFile.orEmpty(cells);
        }
    }

    /** One promise of one manager; the status is HELD, BROKEN, NOT_OFFERED or NOT_JUDGED. */
    record Cell(String promise, String status, String race, long samples, long broken, String order) {}

    CheckFile {
        subjects = JsonFile.orEmpty(subjects);
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        subjects.forEach(subject ->
                subject.unexpected().forEach(what -> reasons.add("check of " + subject.title() + ": " + what)));
        if (subjects.isEmpty()) {
            reasons.add("check: no subject was checked");
        }
        if (reasons.isEmpty() && !expected) {
            reasons.add("check: failed");
        }
        return reasons;
    }
}
