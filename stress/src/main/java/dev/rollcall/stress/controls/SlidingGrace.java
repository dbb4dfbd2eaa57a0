package dev.rollcall.stress.controls;

/**
 * One session whose reclaim timeout is measured from the last activity instead of the loss, so that
 * one that had been idle gets a shorter grace or none (janus-gateway #1850, PR #3643).
 */
public final class SlidingGrace {
    private final long reclaimHours;
    private long lastActivity;
    private boolean detached;
    private boolean ended;

    /** An attached session, last active at hour 0. */
    public SlidingGrace(long reclaimHours) {
        this.reclaimHours = reclaimHours;
    }

    /** Whether the session was attached. */
    public synchronized boolean keepAlive(long now) {
        if (detached) {
            return false;
        }
        lastActivity = now;
        return true;
    }

    /** Its transport is gone. */
    public synchronized void gone() {
        detached = true;
    }

    /** The watchdog. */
    public synchronized void sweep(long now) {
        if (detached && now - lastActivity >= reclaimHours) {
            ended = true;
        }
    }

    /** Whether the session has ended. */
    public synchronized boolean isEnded() {
        return ended;
    }
}
