package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Sessions published by release stores alone: correct for a reader of what was published, but a later
 * lookup of another id may overtake the store, on x86 too (store buffers; the cells of Striped64 are
 * updated in release mode for the sake of speed, at this price).
 */
public final class ReleasedSlots {
    /** Far apart, for the sake of wide windows. */
    private static final int STRIDE = 32;

    private final AtomicIntegerArray slots = new AtomicIntegerArray(2 * STRIDE);

    /** Creates a session. */
    public void create(int id) {
        slots.setRelease(id * STRIDE, 1);
    }

    /** Ends a session. */
    public void destroy(int id) {
        slots.setRelease(id * STRIDE, 0);
    }

    /** How many sessions there are, one slot read after the other. */
    public long count() {
        return (long) slots.getAcquire(0) + slots.getAcquire(STRIDE);
    }

    /** Whether a lookup finds it. */
    public boolean find(int id) {
        return slots.getAcquire(id * STRIDE) == 1;
    }
}
