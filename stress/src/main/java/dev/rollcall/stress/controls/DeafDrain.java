package dev.rollcall.stress.controls;

/**
 * One session and a drain that looks whether it is live, and only then begins to listen. An end in
 * between wakes nobody.
 */
public final class DeafDrain {
    private volatile boolean live = true;
    private boolean signalled;

    /** Ends the session and wakes whoever waits. */
    public void endLast() {
        live = false;
        synchronized (this) {
            signalled = true;
            notifyAll();
        }
    }

    /** Waits until the session has ended; false if the deadline comes first. */
    public boolean drain(long nanos) {
        long start = System.nanoTime();
        while (live) {
            synchronized (this) {
                signalled = false;
                while (!signalled) {
                    long left = nanos - (System.nanoTime() - start);
                    if (left <= 0) {
                        return false;
                    }
                    try {
                        wait(left / 1_000_000 + 1);
                    } catch (InterruptedException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                }
            }
        }
        return true;
    }
}
