package dev.rollcall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The stress module's verdict.
 *
 * @param passed how many tests passed
 * @param failed how many did not
 * @param profile the length of the run
 * @param seconds how long it took
 * @param jdk the virtual machine
 * @param os operating system and processor
 * @param processors how many
 * @param jvmModes in which modes of the virtual machine each test ran
 * @param tests one per test
 */
record VerdictFile(
        long passed,
        long failed,
        String profile,
        long seconds,
        String jdk,
        String os,
        int processors,
        List<String> jvmModes,
        List<Test> tests) {
    private static final String CONTROL = "control";
    private static final String PASSED = "passed";

    /**
     * One test.
     *
     * @param kind scenario, anomaly or control
     * @param mechanism the class of the bug, if it is a control
     * @param reproduces the bug's reports, if it is a control
     * @param interesting how many samples showed the anomaly that a control is there to show
     */
    record Test(
            String name,
            String file,
            String kind,
            List<String> race,
            List<String> guarantees,
            String mechanism,
            String reproduces,
            String verdict,
            List<String> failures,
            long samples,
            long interesting,
            List<Outcome> outcomes) {
        Test {
            race = JsonFile.orEmpty(race);
            guarantees = JsonFile.orEmpty(guarantees);
            failures = JsonFile.orEmpty(failures);
            outcomes = JsonFile.orEmpty(outcomes);
        }

        boolean isPassed() {
            return PASSED.equals(verdict);
        }

        boolean isControl() {
            return CONTROL.equals(kind);
        }

        /** The stress file, with its package. */
        String group() {
            int variant = name.lastIndexOf('.');
            return variant < 0 ? name : name.substring(0, variant);
        }

        /** The nested class, as a reader says it. */
        String variant() {
            return name.substring(name.lastIndexOf('.') + 1)
                    .replaceFirst("^Control_", "")
                    .replace('_', ' ');
        }
    }

    /** One outcome of a test. */
    record Outcome(String id, String grade, long count, String description) {}

    VerdictFile {
        jvmModes = JsonFile.orEmpty(jvmModes);
        tests = JsonFile.orEmpty(tests);
    }

    /** The tests by stress file. */
    Map<String, List<Test>> byFile() {
        return tests.stream().collect(Collectors.groupingBy(Test::group, TreeMap::new, Collectors.toList()));
    }

    List<Test> controls() {
        return tests.stream().filter(Test::isControl).toList();
    }

    List<Test> soundTests() {
        return tests.stream().filter(test -> !test.isControl()).toList();
    }

    /** Everything that makes the report red. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Test test : tests) {
            if (!test.isPassed()) {
                String why = test.failures().isEmpty() ? "failed" : String.join("; ", test.failures());
                reasons.add(test.name() + ": " + why);
            }
        }
        if (tests.isEmpty()) {
            reasons.add("stress: no test ran");
        }
        if (failed > 0 && reasons.isEmpty()) {
            reasons.add("stress: " + failed + " tests failed");
        }
        if (!tests.isEmpty() && controls().isEmpty()) {
            reasons.add("stress: no control ran, so nothing shows that the tests can fail");
        }
        return reasons;
    }
}
