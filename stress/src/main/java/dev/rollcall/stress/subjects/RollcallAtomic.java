package dev.rollcall.stress.subjects;

import dev.rollcall.CounterStrategy;

/** Rollcall with the counter strategy ATOMIC, which promises less than the exact one. */
public final class RollcallAtomic extends RollcallManager {
    /** Made by the suite. */
    public RollcallAtomic() {
        super(CounterStrategy.ATOMIC);
    }
}
