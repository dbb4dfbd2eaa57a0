package dev.rollcall.count;

import java.util.concurrent.atomic.LongAdder;

/** {@link CounterStrategy#ADDER}. */
public final class AdderCounter implements LiveCounter {
    private final LongAdder live = new LongAdder();

    /** A counter at zero. */
    public AdderCounter() {}

    @Override
    public void up() {
        live.increment();
    }

    @Override
    public void down() {
        live.decrement();
    }

    @Override
    public long live() {
        return live.sum();
    }
}
