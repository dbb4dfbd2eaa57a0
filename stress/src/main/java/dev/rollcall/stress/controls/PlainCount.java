package dev.rollcall.stress.controls;

/**
 * A number that is changed by a read and a write instead of atomically: of two changes at once one is
 * lost (Tomcat PR #713: {@code sessionCounter++} on a plain long; UNDERTOW-804).
 */
public final class PlainCount {
    private volatile long number;

    /** Counts a session that was created. */
    public void increment() {
        long seen = number;
        number = seen + 1;
    }

    /** Counts a session that ended. */
    public void decrement() {
        long seen = number;
        number = seen - 1;
    }

    /** The number. */
    public long number() {
        return number;
    }
}
