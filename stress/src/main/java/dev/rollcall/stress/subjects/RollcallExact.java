package dev.rollcall.stress.subjects;

import dev.rollcall.CounterStrategy;

/** Rollcall as it is shipped. */
public final class RollcallExact extends RollcallManager {
    /** Made by the suite. */
    public RollcallExact() {
        super(CounterStrategy.EXACT);
    }
}
