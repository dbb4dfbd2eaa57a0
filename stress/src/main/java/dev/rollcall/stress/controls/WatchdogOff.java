package dev.rollcall.stress.controls;

/**
 * One session and a watchdog that does nothing where there is no session timeout, although it is
 * also the one to end sessions whose transport is gone (janus-gateway PR #2143).
 */
public final class WatchdogOff {
    private final long sessionHours;
    private final long reclaimHours;
    private boolean detached;
    private boolean ended;
    private long lossHours;

    /** An attached session. */
    public WatchdogOff(long sessionHours, long reclaimHours) {
        this.sessionHours = sessionHours;
        this.reclaimHours = reclaimHours;
    }

    /** Its transport is gone. */
    public synchronized void gone(long now) {
        detached = true;
        lossHours = now;
    }

    /** The watchdog; whether it ended the session. */
    public synchronized boolean sweep(long now) {
        if (sessionHours == 0 || ended) {
            return false;
        }
        ended = detached && now - lossHours >= reclaimHours;
        return ended;
    }

    /** Whether the session has ended. */
    public synchronized boolean isEnded() {
        return ended;
    }
}
