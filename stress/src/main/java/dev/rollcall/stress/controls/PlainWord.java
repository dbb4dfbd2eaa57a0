package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A session's state in one word that is read, changed and written back without a compare-and-set:
 * a keepalive that read it before the end writes the session alive again (UNDERTOW-2147 and
 * spring-framework #36742: an invalidated session is put back).
 */
public final class PlainWord {
    private static final long ENDED = -1;

    /** Last activity, or ENDED. */
    private volatile long word;

    /** Whether the caller is told that the session lives on. */
    public boolean keepAlive(long now) {
        long seen = word;
        if (seen == ENDED) {
            return false;
        }
        word = Math.max(seen, now);
        return true;
    }

    /** A keepalive that reads the clock, then does not look at what is there (spring-session #1280). */
    public void touch(AtomicLong clock) {
        word = clock.get();
    }

    /** Whether this call ended the session. */
    public boolean destroy() {
        if (word == ENDED) {
            return false;
        }
        word = ENDED;
        return true;
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return word == ENDED;
    }

    /** When the session was last active. */
    public long lastActivity() {
        return word;
    }
}
