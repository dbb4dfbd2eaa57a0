package dev.rollcall;

/**
 * How {@code SessionManager.count()} is answered, and what the answer promises against the session
 * table, not about the counter alone. {@code SessionManager.counts()} is exact under every
 * strategy.
 */
public enum CounterStrategy {
    /**
     * The shards' tallies, collected between two equal collects of the shards' stamps. Linearizable
     * with create, end and lookup: never counts a session that a lookup already said was gone,
     * never misses one that a lookup already returned. Reading costs O(shards); writing costs
     * nothing beyond the tallies.
     */
    EXACT,

    /**
     * One atomic long, up before a session can be found and down after it is gone. Never
     * under-counts, may over-count while creates and ends are under way, exact when quiescent.
     * Reading is one load; every create and every end writes the same cache line.
     */
    ATOMIC,

    /**
     * A {@link java.util.concurrent.atomic.LongAdder}. Exact when quiescent; under way its sum is
     * no snapshot and may be a number that was never true.
     */
    ADDER,

    /**
     * The table's own size, added up shard by shard without a snapshot, as managers built on
     * {@code ConcurrentHashMap.size()} do. Exact when quiescent; under way it may be a number that
     * was never true.
     */
    TABLE
}
