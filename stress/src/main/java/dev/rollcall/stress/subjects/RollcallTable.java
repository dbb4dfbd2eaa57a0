package dev.rollcall.stress.subjects;

import dev.rollcall.CounterStrategy;

/** Rollcall with the counter strategy TABLE, which promises less than the exact one. */
public final class RollcallTable extends RollcallManager {
    /** Made by the suite. */
    public RollcallTable() {
        super(CounterStrategy.TABLE);
    }
}
