package dev.rollcall.stress.controls;

/**
 * Sessions in two batches, and a recount of one batch after the other that is told what changes in
 * those that it has counted. Only the latest recount is told.
 */
public final class SharedRecount {
    private int front = 1;
    private int back = 1;
    private int tally = 2;
    private int[] toldTo;

    /** Creates a session in the first batch. */
    public synchronized void createInFront() {
        front++;
        tally++;
        if (toldTo != null) {
            toldTo[0]++;
        }
    }

    /** Whether a recount agrees with the tally. */
    public boolean recount() {
        int[] counted = new int[1];
        synchronized (this) {
            toldTo = counted;
            counted[0] += front;
        }
        Thread.onSpinWait();
        synchronized (this) {
            counted[0] += back;
            toldTo = null;
            return counted[0] == tally;
        }
    }
}
