package dev.rollcall;

import dev.rollcall.count.LiveCounter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a manager was built with, shared by its shards.
 *
 * @param name for operators
 * @param sessionNanos the session timeout of a session that brings none of its own
 * @param reclaimNanos the reclaim timeout of a session that brings none of its own
 * @param time the manager's time
 * @param stepShift the wheel's step, as a shift of quanta
 * @param shards the number of shards, a power of two
 * @param permits the limit, or null for none
 * @param strategy how {@code count()} is answered
 * @param counter the strategy's counter, or null if it asks the shards
 * @param isTallied whether the shards keep tallies; false for a benchmark's baseline
 * @param ids the source of ids
 * @param listeners the listeners
 * @param lifecycle whether new sessions are taken
 */
record Settings<A>(
        String name,
        long sessionNanos,
        long reclaimNanos,
        TimeSource time,
        int stepShift,
        int shards,
        @Nullable Permits permits,
        CounterStrategy strategy,
        @Nullable LiveCounter counter,
        boolean isTallied,
        LongSupplier ids,
        Listeners<A> listeners,
        Lifecycle lifecycle) {

    /** How often to sweep so that nothing is later than promised. */
    long sweepPeriodNanos() {
        return Quanta.NANOS << stepShift;
    }

    /** How late the next sweep is if the latest began this long ago. */
    long lateNanos(long sinceSweepNanos) {
        return Math.max(0, sinceSweepNanos - sweepPeriodNanos());
    }

    /** The wheel's tick by which a deadline has certainly passed. */
    long tickOf(long deadlineQuanta) {
        return (deadlineQuanta + (1L << stepShift) - 1) >>> stepShift;
    }
}
