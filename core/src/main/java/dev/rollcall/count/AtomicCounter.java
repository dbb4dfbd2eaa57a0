package dev.rollcall.count;

import java.util.concurrent.atomic.AtomicLong;

/** {@link dev.rollcall.CounterStrategy#ATOMIC}. */
public final class AtomicCounter implements LiveCounter {
    private final AtomicLong live = new AtomicLong();

    /** A counter at zero. */
    public AtomicCounter() {}

    @Override
    public void up() {
        live.incrementAndGet();
    }

    @Override
    public void down() {
        live.decrementAndGet();
    }

    @Override
    public long live() {
        return live.get();
    }
}
