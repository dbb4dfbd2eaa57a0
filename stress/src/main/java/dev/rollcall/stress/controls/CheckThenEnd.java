package dev.rollcall.stress.controls;

/**
 * One session whose end is decided in two steps: ask whether it is idle, then mark it ended. What
 * comes in between is answered "success" and lost (etcd #14758: a keepalive for a lease that is
 * being revoked; Janus: a keepalive acknowledged against the watchdog, a claim told success for a
 * session that has just timed out; spring-session #93).
 */
public final class CheckThenEnd {
    private volatile long timeoutHours;
    private volatile long lastActivity;
    private volatile boolean ended;
    private volatile String owner = "A";

    /** A live session on A, last active at hour 0. */
    public CheckThenEnd(long timeoutHours) {
        this.timeoutHours = timeoutHours;
    }

    /** Whether the caller is told that the session lives on. */
    public boolean keepAlive(long now) {
        if (ended) {
            return false;
        }
        lastActivity = now;
        return true;
    }

    /** Whether the caller is told that the session is now on B. */
    public boolean claim(long now) {
        if (ended) {
            return false;
        }
        owner = "B";
        lastActivity = now;
        return true;
    }

    /** Whether the caller is told that the new timeout is in force. */
    public boolean setTimeout(long hours) {
        if (ended) {
            return false;
        }
        timeoutHours = hours;
        return true;
    }

    /** The watchdog; whether it ended the session. */
    public boolean sweep(long now) {
        if (ended || now - lastActivity < timeoutHours) {
            return false;
        }
        ended = true;
        return true;
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return ended;
    }

    /** A or B. */
    public String owner() {
        return owner;
    }
}
