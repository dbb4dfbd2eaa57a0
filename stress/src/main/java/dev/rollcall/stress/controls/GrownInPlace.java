package dev.rollcall.stress.controls;

/** Sessions in an array that is replaced by a larger one first and copied into it afterwards. */
public final class GrownInPlace {
    /** How many sessions there are from the beginning. */
    public static final int PREFILLED = 16;

    private volatile Object[] sessions = new Object[PREFILLED];

    /** A full array. */
    public GrownInPlace() {
        for (int i = 0; i < PREFILLED; i++) {
            sessions[i] = this;
        }
    }

    /** Makes room for as many again. */
    public synchronized void grow() {
        Object[] old = sessions;
        Object[] larger = new Object[2 * old.length];
        sessions = larger;
        System.arraycopy(old, 0, larger, 0, old.length);
    }

    /** How many sessions a listing without a lock meets. */
    public int listed() {
        int listed = 0;
        for (Object session : sessions) {
            listed += session == null ? 0 : 1;
        }
        return listed;
    }
}
