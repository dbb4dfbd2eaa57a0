package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.report.Evidence.Control;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The stress module's verdict.
 *
 * @param passed how many tests passed
 * @param failed how many did not
 * @param jvmModes in which modes of the virtual machine each test ran
 */
public record VerdictFile(
        long passed,
        long failed,
        String profile,
        double seconds,
        String jdk,
        String os,
        int processors,
        List<String> jvmModes,
        List<Test> tests)
        implements EvidenceFile {
    /**
     * One test.
     *
     * @param file the class of its stress file
     * @param kind scenario, anomaly or control
     * @param mechanism the class of the bug, if it is a control
     * @param reproduces the bug's reports, if it is a control
     * @param interesting how many samples showed the anomaly that a control is there to show
     */
    public record Test(
            String name,
            String file,
            String kind,
            List<String> guarantees,
            String mechanism,
            String reproduces,
            String verdict,
            List<String> failures,
            long samples,
            long interesting,
            List<Outcome> outcomes) {
        public boolean isPassed() {
            return "passed".equals(verdict);
        }

        public boolean isControl() {
            return "control".equals(kind);
        }

        public boolean isCaught() {
            return isPassed() && interesting > 0;
        }

        /** The stress file, with its package. */
        String group() {
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }

        /** The nested class, as a reader says it. */
        public String variant() {
            return name.substring(name.lastIndexOf('.') + 1)
                    .replaceFirst("^Control_", "")
                    .replace('_', ' ');
        }
    }

    /** One outcome of a test. */
    public record Outcome(String id, String grade, long count, String description) {}

    /**
     * A stress file and its tests.
     *
     * @param name with its package
     */
    public record Race(String name, List<Test> tests) {
        public List<Test> sound() {
            return tests.stream().filter(test -> !test.isControl()).toList();
        }

        public List<Test> controls() {
            return tests.stream().filter(Test::isControl).toList();
        }

        public boolean isPassed() {
            return tests.stream().allMatch(Test::isPassed);
        }

        public long samples() {
            return sound().stream().mapToLong(Test::samples).sum();
        }

        public List<String> guarantees() {
            return tests.stream()
                    .flatMap(test -> test.guarantees().stream())
                    .distinct()
                    .toList();
        }
    }

    /** The tests by stress file. */
    public List<Race> races() {
        return tests.stream()
                .collect(Collectors.groupingBy(Test::group, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(race -> new Race(race.getKey(), race.getValue()))
                .toList();
    }

    private long sound() {
        return tests.stream().filter(test -> !test.isControl()).count();
    }

    /** Of all tests. */
    public long samples() {
        return tests.stream().mapToLong(Test::samples).sum();
    }

    @Override
    public String amount() {
        return sound() + " tests of the manager, " + Numbers.grouped(samples()) + " samples in " + jvmModes.size()
                + " modes, profile " + String.valueOf(profile).toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Control> controls() {
        return tests.stream()
                .filter(Test::isControl)
                .map(test -> new Control(
                        test.name(),
                        test.isCaught(),
                        Numbers.grouped(test.interesting()) + " of " + Numbers.grouped(test.samples()) + " samples"))
                .toList();
    }

    @Override
    public List<String> reasons() {
        if (tests.isEmpty()) {
            return List.of("stress: no test ran");
        }
        List<String> reasons = JsonFile.reasons(
                tests.stream()
                        .filter(test -> !test.isPassed())
                        .map(test -> test.name() + ": "
                                + (test.failures().isEmpty() ? "failed" : String.join("; ", test.failures()))),
                failed > 0,
                "stress: " + failed + " tests failed");
        if (sound() == tests.size()) {
            reasons.add("stress: no control ran, so nothing shows that the tests can fail");
        }
        return reasons;
    }
}
