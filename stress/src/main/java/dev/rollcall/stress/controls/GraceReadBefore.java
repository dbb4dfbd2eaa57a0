package dev.rollcall.stress.controls;

/**
 * One session whose loss is handled in two steps: read the grace that it has, then detach or end it.
 * A grace that is set in between is answered "success" and not honoured.
 */
public final class GraceReadBefore {
    private volatile long graceHours;
    private volatile boolean ended;

    /** A live session that ends at once when its transport goes. */
    public GraceReadBefore() {}

    /** Whether the caller is told that the new grace is in force. */
    public boolean setGrace(long hours) {
        if (ended) {
            return false;
        }
        graceHours = hours;
        return true;
    }

    /** Its transport is gone. */
    public void lose() {
        if (graceHours == 0) {
            ended = true;
        }
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return ended;
    }
}
