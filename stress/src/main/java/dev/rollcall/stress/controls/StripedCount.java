package dev.rollcall.stress.controls;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count in stripes that is read stripe by stripe, as {@code LongAdder.sum()} and
 * {@code ConcurrentHashMap.size()} read theirs: the sum may be a number that was never true (emqx
 * #18442, which clamps it).
 */
public final class StripedCount {
    /** As many as a machine with some processors has. */
    private static final int STRIPES = 32;

    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);

    /** A session of the first (0) or last (1) stripe is created. */
    public void create(int which) {
        stripes.incrementAndGet(which * (STRIPES - 1));
    }

    /** A session of the first (0) or last (1) stripe ends. */
    public void end(int which) {
        stripes.decrementAndGet(which * (STRIPES - 1));
    }

    /** The sum of the stripes, the first one first. */
    public long sum() {
        long sum = 0;
        for (int i = 0; i < STRIPES; i++) {
            sum += stripes.get(i);
        }
        return sum;
    }
}
