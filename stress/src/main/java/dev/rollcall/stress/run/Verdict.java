package dev.rollcall.stress.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jcstress.annotations.Expect;

/**
 * The judgement over a run: one entry per test that should have run. A test fails if in any JVM
 * mode it did not run, took too few samples to mean anything, broke down, or showed a forbidden
 * outcome. A sound test also fails if an order of its operations was not seen, or an anomaly that it
 * documents; a control, if in no mode its anomaly came as often as a defect must to be noticed. A
 * run of no test fails, and so does one that lacks a test that is {@linkplain Pinned pinned}.
 *
 * @param entries one per test, by name
 * @param missing the pinned tests that are not there
 */
public record Verdict(List<Entry> entries, List<String> missing) {
    /** Fewer samples in a mode are no evidence. */
    static final long FEWEST_SAMPLES = 1_000;

    /** With so many in a mode each order must have been seen in it; with fewer, in all together. */
    static final long ENOUGH_SAMPLES = 10_000;

    /** An order, or a control's anomaly, that was seen less often may be an accident. */
    static final long LEAST_SEEN = 10;

    /**
     * A control's anomaly must come once in so many samples, or more often. On a quiet machine the
     * short profile takes about three times as many of a sound test, so it would show a defect of that rate.
     */
    static final long RAREST_ANOMALY = 30_000;

    /** What does not show in n samples comes, with 95 percent confidence, in fewer than 3 of n. */
    private static final long RULE_OF_THREE = 3;

    /**
     * The judgement of one test.
     *
     * @param test the test
     * @param observed what was seen
     * @param failures why it failed; empty if it passed
     * @param again the modes in which it lacks only samples, so that running it again may help
     */
    public record Entry(StressTest test, Observed observed, List<String> failures, Set<JvmMode> again) {
        /** Whether nothing is wrong. */
        public boolean isPassed() {
            return failures.isEmpty();
        }

        /**
         * The rarest anomaly that the test would still notice: one that comes once in so many samples, or more
         * often, would have shown with a probability of 95 percent, in any of the modes. 0 if there are too few
         * samples to say.
         */
        public long noticesOnceIn() {
            return observed.samples() / RULE_OF_THREE;
        }
    }

    /** Copies the lists. */
    public Verdict {
        entries = List.copyOf(entries);
        missing = List.copyOf(missing);
    }

    /**
     * Judges.
     *
     * @param tests what should have run
     * @param missing the names of tests that should have been among them
     * @param observed what was seen, by test name
     * @param modes the JVM modes in which each should have run if it can
     */
    public static Verdict of(
            List<StressTest> tests, List<String> missing, Map<String, Observed> observed, List<JvmMode> modes) {
        List<Entry> entries = new ArrayList<>();
        for (StressTest test : tests) {
            entries.add(new Judge(test, observed.getOrDefault(test.name(), Observed.NOTHING), modes).entry());
        }
        return new Verdict(entries, missing);
    }

    /** How many tests passed. */
    public long passed() {
        return entries.stream().filter(Entry::isPassed).count();
    }

    /** How many did not, or are missing. */
    public long failed() {
        return entries.size() - passed() + missing.size();
    }

    /** Whether the run proves anything: it was not empty and nothing failed. */
    public boolean isGreen() {
        return !entries.isEmpty() && failed() == 0;
    }

    /** Judges one test. */
    private static final class Judge {
        private final StressTest test;
        private final Observed observed;
        private final List<JvmMode> modes;
        private final List<String> failures = new ArrayList<>();
        private final Set<JvmMode> again = EnumSet.noneOf(JvmMode.class);
        private boolean isBroken;

        Judge(StressTest test, Observed observed, List<JvmMode> modes) {
            this.test = test;
            this.observed = observed;
            this.modes = modes.stream().filter(test::runsIn).toList();
        }

        Entry entry() {
            for (JvmMode mode : modes) {
                judgeRun(mode);
            }
            if (test.kind() == Kind.CONTROL) {
                judgeControl();
            } else {
                judgeOrders();
            }
            if (test.kind() == Kind.ANOMALY) {
                judgeDocumented();
            }
            return new Entry(test, observed, List.copyOf(failures), isBroken ? Set.of() : Set.copyOf(again));
        }

        private void judgeRun(JvmMode mode) {
            Observed.Seen seen = observed.in(mode);
            for (String error : seen.errors()) {
                broken(mode + ": " + error);
            }
            if (!observed.modes().containsKey(mode)) {
                broken("did not run in " + mode);
            } else if (seen.samples() < FEWEST_SAMPLES) {
                failures.add("took " + seen.samples() + " samples in " + mode);
                again.add(mode);
            }
            for (Observed.Outcome outcome : seen.outcomes()) {
                if (isForbidden(outcome)) {
                    broken("forbidden outcome [" + outcome.id() + "] seen " + outcome.count() + " times in " + mode
                            + ": " + outcome.description());
                }
            }
        }

        private void judgeOrders() {
            for (String order : test.required()) {
                Observed.Seen all = observed.inAll();
                if (all.count(order) < LEAST_SEEN) {
                    notSeen(order, all, "");
                    again.addAll(modes);
                    continue;
                }
                for (JvmMode mode : modes) {
                    Observed.Seen seen = observed.in(mode);
                    if (seen.samples() >= ENOUGH_SAMPLES && seen.count(order) < LEAST_SEEN) {
                        notSeen(order, seen, " in " + mode);
                        again.add(mode);
                    }
                }
            }
        }

        private void notSeen(String order, Observed.Seen seen, String where) {
            failures.add("order [" + order + "] seen " + seen.count(order) + " times in " + seen.samples() + " samples"
                    + where);
        }

        private void judgeDocumented() {
            for (Observed.Outcome outcome : observed.inAll().outcomes()) {
                if (outcome.grade() == Expect.ACCEPTABLE_INTERESTING && outcome.count() == 0) {
                    failures.add("documented anomaly [" + outcome.id() + "] never seen: " + outcome.description());
                    again.addAll(modes);
                }
            }
        }

        private void judgeControl() {
            if (modes.stream().map(observed::in).noneMatch(Judge::isCaught)) {
                StringBuilder seen = new StringBuilder();
                for (JvmMode mode : modes) {
                    seen.append(seen.length() == 0 ? "" : ", ")
                            .append(observed.in(mode).samples(Expect.ACCEPTABLE_INTERESTING))
                            .append(" times in ")
                            .append(observed.in(mode).samples())
                            .append(" samples in ")
                            .append(mode);
                }
                failures.add("control not caught, or too seldom (" + seen + "): "
                        + test.control().source());
                again.addAll(modes);
            }
        }

        private static boolean isCaught(Observed.Seen seen) {
            long caught = seen.samples(Expect.ACCEPTABLE_INTERESTING);
            return caught >= LEAST_SEEN && caught >= seen.samples() / RAREST_ANOMALY;
        }

        private void broken(String why) {
            failures.add(why);
            isBroken = true;
        }

        private static boolean isForbidden(Observed.Outcome outcome) {
            boolean allowed = outcome.grade() == Expect.ACCEPTABLE || outcome.grade() == Expect.ACCEPTABLE_INTERESTING;
            return outcome.count() > 0 && !allowed;
        }
    }
}
