package dev.rollcall.stress.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Expect;

/**
 * The judgement over a run: one entry per test that should have run. A test fails if it did not run
 * in every JVM mode, took too few samples to mean anything, broke down, showed a forbidden outcome,
 * or is a control that was not caught. A run of no test fails.
 *
 * @param entries one per test, by name
 */
public record Verdict(List<Entry> entries) {
    /** Fewer samples are no evidence. */
    static final long FEWEST_SAMPLES = 1_000;

    /**
     * The judgement of one test.
     *
     * @param test the test
     * @param observed what was seen
     * @param failures why it failed; empty if it passed
     */
    public record Entry(StressTest test, Observed observed, List<String> failures) {
        /** Whether nothing is wrong. */
        public boolean isPassed() {
            return failures.isEmpty();
        }

        /** Whether all that it lacks is samples, so that running it again may help. */
        public boolean isShortOfSamples() {
            boolean sound =
                    observed.errors().isEmpty() && observed.outcomes().stream().noneMatch(Verdict::isForbidden);
            return sound && (observed.samples() < FEWEST_SAMPLES || isUncaught(test, observed));
        }
    }

    /** Copies the list. */
    public Verdict {
        entries = List.copyOf(entries);
    }

    /**
     * Judges.
     *
     * @param tests what should have run
     * @param observed what was seen, by test name
     * @param modes in how many JVM modes each should have run
     */
    public static Verdict of(List<StressTest> tests, Map<String, Observed> observed, int modes) {
        List<Entry> entries = new ArrayList<>();
        for (StressTest test : tests) {
            Observed seen = observed.getOrDefault(test.name(), Observed.NOTHING);
            entries.add(new Entry(test, seen, failures(test, seen, modes)));
        }
        return new Verdict(entries);
    }

    /** How many tests passed. */
    public long passed() {
        return entries.stream().filter(Entry::isPassed).count();
    }

    /** How many did not. */
    public long failed() {
        return entries.size() - passed();
    }

    /** Whether the run proves anything: it was not empty and nothing failed. */
    public boolean isGreen() {
        return !entries.isEmpty() && failed() == 0;
    }

    private static List<String> failures(StressTest test, Observed seen, int modes) {
        List<String> failures = new ArrayList<>();
        if (seen.runs() < modes) {
            failures.add("ran in " + seen.runs() + " of " + modes + " JVM modes");
        }
        failures.addAll(seen.errors());
        if (seen.samples() < FEWEST_SAMPLES) {
            failures.add("took " + seen.samples() + " samples");
        }
        for (Observed.Outcome outcome : seen.outcomes()) {
            if (isForbidden(outcome)) {
                failures.add("forbidden outcome [" + outcome.id() + "] seen " + outcome.count() + " times: "
                        + outcome.description());
            }
        }
        if (isUncaught(test, seen)) {
            failures.add("control not caught in " + seen.samples() + " samples: "
                    + test.control().source());
        }
        return failures;
    }

    private static boolean isForbidden(Observed.Outcome outcome) {
        boolean allowed = outcome.grade() == Expect.ACCEPTABLE || outcome.grade() == Expect.ACCEPTABLE_INTERESTING;
        return outcome.count() > 0 && !allowed;
    }

    private static boolean isUncaught(StressTest test, Observed seen) {
        return test.kind() == Kind.CONTROL && seen.samples(Expect.ACCEPTABLE_INTERESTING) == 0;
    }
}
