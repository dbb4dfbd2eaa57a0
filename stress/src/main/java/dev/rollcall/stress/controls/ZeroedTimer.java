package dev.rollcall.stress.controls;

/**
 * One session whose deadline is set to zero while a keepalive is handled, for "do not sweep", and set
 * anew afterwards. A sweep that sees the zero drops the timer and leaves it to the keepalive to start
 * another one; the keepalive has looked already and thinks that one is running. The session is never
 * swept again (cometd #1716 and PR #1717).
 */
public final class ZeroedTimer {
    private final long timeoutHours;
    private volatile long deadline;
    private volatile boolean isTimed = true;
    private volatile boolean ended;

    /** What the client gets to read. */
    private volatile String answer;

    /** A live session with a timer, due at this hour. */
    public ZeroedTimer(long timeoutHours, long deadline) {
        this.timeoutHours = timeoutHours;
        this.deadline = deadline;
    }

    /** Whether the caller is told that the session lives on. */
    public boolean keepAlive(long now) {
        if (ended) {
            return false;
        }
        deadline = 0;
        if (!isTimed) {
            isTimed = true;
        }
        answer = "{\"alive\": " + now + "}";
        deadline = now + timeoutHours;
        return true;
    }

    /** The timer comes by; whether it ended the session. */
    public boolean sweep(long now) {
        if (!isTimed || ended) {
            return false;
        }
        long due = deadline;
        if (due == 0) {
            isTimed = false;
            return false;
        }
        ended = due <= now;
        return ended;
    }

    /** Whether the session has a timer. */
    public boolean isTimed() {
        return isTimed;
    }

    /** What the last keepalive was answered. */
    public String answer() {
        return answer;
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return ended;
    }
}
