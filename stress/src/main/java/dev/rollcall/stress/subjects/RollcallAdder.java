package dev.rollcall.stress.subjects;

import dev.rollcall.CounterStrategy;

/** Rollcall with the counter strategy ADDER, which promises less than the exact one. */
public final class RollcallAdder extends RollcallManager {
    /** Made by the suite. */
    public RollcallAdder() {
        super(CounterStrategy.ADDER);
    }
}
