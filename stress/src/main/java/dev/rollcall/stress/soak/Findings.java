package dev.rollcall.stress.soak;

import java.util.ArrayList;
import java.util.List;

/** What the soak has found wrong, and how many checks found nothing. Thread-safe. */
final class Findings {
    private static final int KEPT = 20;

    private final List<String> violations = new ArrayList<>();
    private long passed;
    private long failed;
    private String shortest;
    private int shortestLength = Integer.MAX_VALUE;

    synchronized void passed() {
        passed++;
    }

    /** A check failed. */
    synchronized void violation(String what) {
        failed++;
        if (violations.size() < KEPT) {
            violations.add(what);
        }
    }

    /** A check of one session's history failed. */
    synchronized void violation(String what, History history) {
        violation(what);
        int length = history.entries().size();
        if (length < shortestLength) {
            shortestLength = length;
            shortest = what + System.lineSeparator() + "    " + history;
        }
    }

    void check(boolean condition, String otherwise) {
        if (condition) {
            passed();
        } else {
            violation(otherwise);
        }
    }

    synchronized long passedCount() {
        return passed;
    }

    synchronized long failedCount() {
        return failed;
    }

    synchronized boolean isEmpty() {
        return failed == 0;
    }

    /** The first violations. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * Of all sessions with a violation, the one with the shortest history; null if there is none.
     */
    synchronized String shortestHistory() {
        return shortest;
    }
}
