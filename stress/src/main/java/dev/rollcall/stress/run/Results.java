package dev.rollcall.stress.run;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.collectors.TestResultCollector;

/** The results of a run as they come in: by test and JVM mode, and on to other collectors. */
final class Results implements TestResultCollector {
    private final Map<String, Map<JvmMode, Observed.Seen>> seen = new LinkedHashMap<>();
    private final List<TestResultCollector> others;

    Results(TestResultCollector... others) {
        this.others = List.of(others);
    }

    /** A result of the mode whose JVM arguments its configuration has. */
    @Override
    public void add(TestResult result) {
        add(JvmMode.of(result.getConfig().jvmArgs), result);
    }

    void add(JvmMode mode, TestResult result) {
        others.forEach(other -> other.add(result));
        seen.computeIfAbsent(result.getName(), name -> new EnumMap<>(JvmMode.class))
                .merge(mode, Observed.Seen.of(result), Observed.Seen::plus);
    }

    /** What was seen so far, by test name. */
    Map<String, Observed> observed() {
        Map<String, Observed> observed = new LinkedHashMap<>();
        seen.forEach((name, modes) -> observed.put(name, new Observed(modes)));
        return observed;
    }
}
