package dev.rollcall.count;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A {@link LongAdder} whose additions cannot fail. Under contention a LongAdder allocates cells,
 * and an allocation may throw; what could not be added there is added to one atomic long instead.
 */
public final class SpilledAdder {
    private final LongAdder adder;
    private final AtomicLong spill = new AtomicLong();

    /** An adder at zero. */
    public SpilledAdder() {
        this(new LongAdder());
    }

    /** Of an adder at zero. */
    SpilledAdder(LongAdder adder) {
        this.adder = adder;
    }

    /**
     * Adds a number.
     *
     * @param number what to add
     */
    public void add(long number) {
        try {
            adder.add(number);
        } catch (OutOfMemoryError | LinkageError | StackOverflowError failed) {
            // No memory for a cell; or there was none when the class of cells was first used, which has been unusable
            // in this process ever since. A LongAdder that throws has not added the number: adding is what it does
            // last.
            spill.addAndGet(number);
        }
    }

    /**
     * The sum of all additions. It is no snapshot while additions are under way.
     *
     * @return the sum
     */
    public long sum() {
        return adder.sum() + spill.get();
    }
}
