package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One session whose reclaim timer, once set, ends whatever session it finds detached when it fires:
 * it does not ask for which loss it was set. A session that was claimed and lost again dies of its
 * first loss (spring-session #93: an id left behind in an old expiry bucket; infinispan ISPN-9514).
 */
public final class StaleTimer {
    private final AtomicBoolean detached = new AtomicBoolean(true);
    private volatile boolean ended;

    /** Claims the session and loses its transport again; whether it was live. */
    public boolean claimAndLose() {
        if (ended) {
            return false;
        }
        detached.set(false);
        detached.set(true);
        return true;
    }

    /** The timer of the first loss fires; whether it ended the session. */
    public boolean fire() {
        if (detached.get()) {
            ended = true;
        }
        return ended;
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return ended;
    }
}
