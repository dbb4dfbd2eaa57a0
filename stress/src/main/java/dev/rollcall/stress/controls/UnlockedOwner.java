package dev.rollcall.stress.controls;

/**
 * One session whose claim changes the phase first and the owner after, and whose owner is read
 * without the claim's lock: in between it is said to be attached, and to nothing (janus-gateway
 * PR #1990: the owner is read while a claim replaces it, there a use after free).
 */
public final class UnlockedOwner {
    private volatile boolean attached;
    private volatile String owner;

    /** What the client gets to read. */
    private volatile String answer;

    /** Moves the detached session to B, the answer to the client being made on the way. */
    public synchronized void claim(long id) {
        attached = true;
        answer = "{\"claimed\": " + id + "}";
        owner = "B";
    }

    /** Whether it is attached. */
    public boolean isAttached() {
        return attached;
    }

    /** What the claim was answered. */
    public String answer() {
        return answer;
    }

    /** The owner, or null. */
    public String owner() {
        return owner;
    }
}
