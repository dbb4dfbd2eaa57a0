package dev.rollcall.stress.controls;

/**
 * A listing by position over an array that closes its gaps: a removal in front of the reader moves
 * the session behind it to where the reader has already been.
 */
public final class LiveIterator {
    private final long[] ids;
    private int size;

    /** Sessions in this order. */
    public LiveIterator(long... ids) {
        this.ids = ids;
        this.size = ids.length;
    }

    /** Ends the first session. */
    public synchronized void endFirst() {
        System.arraycopy(ids, 1, ids, 0, --size);
    }

    /** How often a listing, one position at a time, meets an id. */
    public int timesListed(long id) {
        int times = 0;
        for (int i = 0; i < size(); i++) {
            if (at(i) == id) {
                times++;
            }
        }
        return times;
    }

    private synchronized int size() {
        return size;
    }

    private synchronized long at(int position) {
        return ids[position];
    }
}
