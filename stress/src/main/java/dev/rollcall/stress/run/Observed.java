package dev.rollcall.stress.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * What was seen of one test. The races of another JVM mode are other races, so each mode is kept
 * apart.
 *
 * @param modes what was seen in each mode in which the test ran
 */
public record Observed(Map<JvmMode, Seen> modes) {
    /**
     * One outcome of one test.
     *
     * @param id the result, or the pattern of results
     * @param grade its grade
     * @param count how often it was seen
     * @param description its witness order, or the guarantee that it breaks
     */
    public record Outcome(String id, Expect grade, long count, String description) {}

    /**
     * What was seen in one mode, however often the test ran in it.
     *
     * @param outcomes what it declares and what was seen
     * @param errors everything that went wrong with the running itself
     */
    public record Seen(List<Outcome> outcomes, List<String> errors) {
        static final Seen NOTHING = new Seen(List.of(), List.of());

        /** Copies the lists. */
        public Seen {
            outcomes = List.copyOf(outcomes);
            errors = List.copyOf(errors);
        }

        static Seen of(TestResult result) {
            List<String> errors = new ArrayList<>();
            if (result.status() != Status.NORMAL) {
                errors.add(result.status() + ": " + String.join("; ", result.getMessages()));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (GradingResult grading : result.grading().gradingResults.values()) {
                outcomes.add(new Outcome(grading.id, grading.expect, grading.count, grading.description));
            }
            return new Seen(outcomes, errors);
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

        /** How many samples had an outcome. */
        public long count(String id) {
            return outcomes.stream()
                    .filter(outcome -> outcome.id().equals(id))
                    .mapToLong(Outcome::count)
                    .sum();
        }

        Seen plus(Seen other) {
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
            return new Seen(List.copyOf(merged.values()), allErrors);
        }
    }

    /** Nothing at all. */
    public static final Observed NOTHING = new Observed(Map.of());

    /** Copies the map. */
    public Observed {
        Map<JvmMode, Seen> ordered = new EnumMap<>(JvmMode.class);
        ordered.putAll(modes);
        modes = ordered;
    }

    /** What was seen in a mode; nothing if it did not run in it. */
    public Seen in(JvmMode mode) {
        return modes.getOrDefault(mode, Seen.NOTHING);
    }

    /** All modes together: for tables, and for what need not be seen in each of them. */
    public Seen inAll() {
        return modes.values().stream().reduce(Seen.NOTHING, Seen::plus);
    }

    /** How many samples were taken in all modes. */
    public long samples() {
        return inAll().samples();
    }

    /** How many samples had a grade, in all modes. */
    public long samples(Expect grade) {
        return inAll().samples(grade);
    }

    /** What it declares and what was seen, in all modes. */
    public List<Outcome> outcomes() {
        return inAll().outcomes();
    }

    /** Everything that went wrong with the running itself, in all modes. */
    public List<String> errors() {
        return inAll().errors();
    }

    /** All results, by test name. Each is one mode's that its configuration names. */
    public static Map<String, Observed> byName(Collection<TestResult> results) {
        Results all = new Results();
        results.forEach(all::add);
        return all.observed();
    }
}
