package dev.rollcall.stress.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * What was seen of one test, over all JVM modes.
 *
 * @param runs in how many modes it ran
 * @param outcomes what it declares and what was seen
 * @param errors everything that went wrong with the running itself
 */
public record Observed(int runs, List<Outcome> outcomes, List<String> errors) {
    /**
     * One outcome of one test.
     *
     * @param id the result, or the pattern of results
     * @param grade its grade
     * @param count how often it was seen
     * @param description its witness order, or the guarantee that it breaks
     */
    public record Outcome(String id, Expect grade, long count, String description) {}

    /** Nothing at all. */
    public static final Observed NOTHING = new Observed(0, List.of(), List.of());

    /** Copies the lists. */
    public Observed {
        outcomes = List.copyOf(outcomes);
        errors = List.copyOf(errors);
    }

    /** How many samples were taken. */
    public long samples() {
        return outcomes.stream().mapToLong(Outcome::count).sum();
    }

    /** How many samples had a grade. */
    public long samples(Expect grade) {
        return outcomes.stream()
                .filter(outcome -> outcome.grade() == grade)
                .mapToLong(Outcome::count)
                .sum();
    }

    /** All results, by test name. */
    public static Map<String, Observed> byName(Collection<TestResult> results) {
        Map<String, Observed> observed = new LinkedHashMap<>();
        for (TestResult result : results) {
            observed.merge(result.getName(), of(result), Observed::plus);
        }
        return observed;
    }

    private static Observed of(TestResult result) {
        List<String> errors = new ArrayList<>();
        if (result.status() != Status.NORMAL) {
            errors.add(result.status() + ": " + String.join("; ", result.getMessages()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (GradingResult grading : result.grading().gradingResults.values()) {
            outcomes.add(new Outcome(grading.id, grading.expect, grading.count, grading.description));
        }
        return new Observed(1, outcomes, errors);
    }

    private Observed plus(Observed other) {
        Map<String, Outcome> merged = new LinkedHashMap<>();
        outcomes.forEach(outcome -> merged.put(outcome.id(), outcome));
        for (Outcome outcome : other.outcomes) {
            merged.merge(
                    outcome.id(),
                    outcome,
                    (one, two) -> new Outcome(one.id(), one.grade(), one.count() + two.count(), one.description()));
        }
        List<String> allErrors = new ArrayList<>(errors);
        allErrors.addAll(other.errors);
        return new Observed(runs + other.runs, List.copyOf(merged.values()), allErrors);
    }
}
