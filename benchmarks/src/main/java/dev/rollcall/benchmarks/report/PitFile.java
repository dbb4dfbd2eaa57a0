package dev.rollcall.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * The judgement over the mutants that PIT made.
 *
 * @param passed 1 if it is green
 * @param failed how many reasons there are against it
 * @param classes which classes were to be mutated
 * @param mutatedClasses how many were
 * @param mutants the mutants made
 * @param killed those the unit tests noticed
 * @param survived those they did not
 * @param justified the survivors that are listed, by why they are no gap
 * @param failures survivors that are not listed, and whatever else is wrong
 */
record PitFile(
        int passed,
        int failed,
        String classes,
        int mutatedClasses,
        int mutants,
        int killed,
        int survived,
        Map<String, Integer> justified,
        List<String> failures) {
    /** Everything that makes the report red. */
    List<String> reasons() {
        return JsonFile.reasons(
                failures.stream().map(failure -> "mutation testing: " + failure),
                passed == 0 || failed > 0 || mutants == 0,
                "mutation testing: failed");
    }
}
