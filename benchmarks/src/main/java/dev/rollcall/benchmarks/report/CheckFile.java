package dev.rollcall.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What the check of session managers wrote.
 *
 * @param expected whether sound subjects held and every control was caught
 * @param subjects one for each manager
 */
public record CheckFile(boolean expected, List<Subject> subjects) {
    /** One manager, with its name on the command line. */
    public record Subject(String name, String title, String version, List<String> unexpected, List<Cell> cells) {}

    /** One promise of one manager; the status is HELD, BROKEN, NOT_OFFERED or NOT_JUDGED. */
    public record Cell(String promise, String status, long samples, long broken, String order) {
        /** The promise, for people. */
        public String label() {
            return promise.toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** How often it was broken. */
        public String share() {
            double percent = 100.0 * broken / samples;
            return percent < 0.1
                    ? Numbers.grouped(broken) + (broken == 1 ? " time" : " times")
                    : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
        }
    }

    /** Everything that makes the report red. */
    public List<String> reasons() {
        List<String> reasons = JsonFile.reasons(
                subjects.stream()
                        .flatMap(subject ->
                                subject.unexpected().stream().map(what -> "check of " + subject.title() + ": " + what)),
                !expected,
                "check: failed");
        return subjects.isEmpty() ? List.of("check: no subject was checked") : reasons;
    }
}
