package dev.rollcall.stress.storm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, which checks held, and which did not. Thread-safe. */
final class Tally {
    private static final int KEPT = 10;

    private final Map<Check, Long> passed = new EnumMap<>(Check.class);
    private final Map<Check, Long> failed = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> violations = new EnumMap<>(Check.class);
    private final Map<String, Long> happened = new TreeMap<>();

    synchronized void happened(String what, long times) {
        happened.merge(what, times, Long::sum);
    }

    synchronized void violation(Check check, String what) {
        failed.merge(check, 1L, Long::sum);
        List<String> kept = violations.computeIfAbsent(check, any -> new ArrayList<>());
        if (kept.size() < KEPT) {
            kept.add(what);
        }
    }

    synchronized void check(Check check, boolean holds, String otherwise) {
        if (holds) {
            passed.merge(check, 1L, Long::sum);
        } else {
            violation(check, otherwise);
        }
    }

    synchronized long passed(Check check) {
        return passed.getOrDefault(check, 0L);
    }

    synchronized long failed(Check check) {
        return failed.getOrDefault(check, 0L);
    }

    synchronized List<String> violations(Check check) {
        return List.copyOf(violations.getOrDefault(check, List.of()));
    }

    synchronized Map<String, Long> happened() {
        return new TreeMap<>(happened);
    }
}
