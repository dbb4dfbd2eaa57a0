package dev.rollcall.stress.controls;

import java.util.function.LongSupplier;

/** Ids in a row, from a generator that one thread at a time is to use: it looks, then enters. */
public final class UnguardedIds implements LongSupplier {
    private volatile boolean busy;
    private long last;

    @Override
    public long getAsLong() {
        while (busy) {
            Thread.onSpinWait();
        }
        busy = true;
        long id = last + 1;
        last = id;
        busy = false;
        return id;
    }
}
