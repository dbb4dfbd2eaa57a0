package dev.rollcall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What did not hold, and after which steps of a run; for a JVM of its own, which has no JUnit. */
final class Violations {
    private final Map<String, List<Integer>> steps = new LinkedHashMap<>();
    private final Map<String, String> details = new LinkedHashMap<>();
    private int step;

    /** What follows is about this step. */
    synchronized void at(int now) {
        step = now;
    }

    void that(boolean holds, String expected) {
        if (!holds) {
            add(expected, "");
        }
    }

    void equal(String expected, long wanted, long actual) {
        if (wanted != actual) {
            add(expected, ": wanted " + wanted + ", was " + actual);
        }
    }

    /** Checks that throw tell of something too. */
    void check(Consumer<Violations> checks) {
        try {
            checks.accept(this);
        } catch (RuntimeException | Error thrown) {
            add("operations work afterwards", ": " + thrown + " at " + thrown.getStackTrace()[0]);
        }
    }

    synchronized void add(String expected, String detail) {
        List<Integer> at = steps.computeIfAbsent(expected, absent -> new ArrayList<>());
        if (at.isEmpty() || at.get(at.size() - 1) != step) {
            at.add(step);
        }
        details.putIfAbsent(expected, detail);
    }

    /** How many steps violated something, counted once for each thing. */
    synchronized int size() {
        return steps.values().stream().mapToInt(List::size).sum();
    }

    /** Prints them and ends the JVM: with 0 if there are none. */
    synchronized void exit(String unit) {
        steps.forEach((expected, at) -> System.out.println("VIOLATED: " + expected + details.get(expected) + " [at "
                + at.size() + " steps of " + unit + ", " + at.get(0) + " … " + at.get(at.size() - 1) + "]"));
        System.out.flush();
        Runtime.getRuntime().halt(steps.isEmpty() ? 0 : 1);
    }
}
