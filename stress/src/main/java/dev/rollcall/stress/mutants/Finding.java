package dev.rollcall.stress.mutants;

import java.util.Locale;

/**
 * What a catcher made of a core.
 *
 * @param isCaught whether it noticed a defect
 * @param how what it saw, or why it could not look
 * @param hits how many samples showed it; 1 for a test that failed
 * @param samples out of how many; 1 for a test
 * @param seconds how long it took
 */
record Finding(boolean isCaught, String how, long hits, long samples, double seconds) {
    private static final int LONGEST = 300;

    /** It ran and saw nothing wrong. */
    static Finding nothing(long samples, double seconds) {
        return new Finding(false, "", 0, samples, seconds);
    }

    /** It could not look, so it proves nothing either way. */
    static Finding broken(String why, double seconds) {
        return new Finding(false, why, 0, 0, seconds);
    }

    Finding {
        how = how.length() > LONGEST ? how.substring(0, LONGEST) + " …" : how;
    }

    /** Whether it ran and saw nothing wrong. */
    boolean isNothing() {
        return !isCaught && how.isEmpty();
    }

    /** In words. */
    String text() {
        if (isCaught && samples > 1) {
            return String.format(Locale.ROOT, "%,d of %,d samples: %s", hits, samples, how);
        }
        return isNothing() ? String.format(Locale.ROOT, "saw nothing in %,d samples", samples) : how;
    }
}
