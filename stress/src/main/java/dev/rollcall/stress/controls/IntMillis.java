package dev.rollcall.stress.controls;

/**
 * A session timeout that is given in seconds and kept in an int of milliseconds: a long one overflows
 * and the session is due at once (jetty #415, apereo/cas PR #1589).
 */
public final class IntMillis {
    private int timeoutMillis;
    private boolean ended;

    /** A live session, last active at second 0. */
    public IntMillis(int timeoutSeconds) {
        this.timeoutMillis = timeoutSeconds * 1000;
    }

    /** Whether the session was live. */
    public synchronized boolean setTimeout(int seconds) {
        if (ended) {
            return false;
        }
        timeoutMillis = seconds * 1000;
        return true;
    }

    /** The watchdog; whether it ended the session. */
    public synchronized boolean sweep(int nowSeconds) {
        if (ended || nowSeconds * 1000L < timeoutMillis) {
            return false;
        }
        ended = true;
        return true;
    }

    /** Whether the session has ended. */
    public synchronized boolean isEnded() {
        return ended;
    }
}
