package dev.rollcall;

/**
 * A shard's figures: plain longs, written under the shard's lock in the same critical section as
 * the change they count, and read between two equal stamps (see {@link Shards#collect}).
 *
 * <p>They lie in the middle of an array that is padded on both sides, so that no other shard's
 * figures share a cache line with them. Not final: the benchmarks derive a floor that tallies nothing.
 */
class Tallies {
    static final int CREATED = 0;
    static final int ATTACHED = 1;
    static final int DETACHED = 2;
    static final int ENDED = 3;
    static final int REJECTED = ENDED + EndCause.COUNT;
    static final int COUNT = REJECTED + RejectReason.COUNT;

    /** Two cache lines: the adjacent-line prefetcher fetches pairs. */
    private static final int PADDING = 16;

    private final long[] figures = new long[PADDING + COUNT + PADDING];

    void created() {
        figures[PADDING + CREATED]++;
        figures[PADDING + ATTACHED]++;
    }

    void detached() {
        figures[PADDING + ATTACHED]--;
        figures[PADDING + DETACHED]++;
    }

    void reattached() {
        figures[PADDING + DETACHED]--;
        figures[PADDING + ATTACHED]++;
    }

    void ended(EndCause cause, boolean wasAttached) {
        figures[PADDING + (wasAttached ? ATTACHED : DETACHED)]--;
        figures[PADDING + ENDED + cause.ordinal()]++;
    }

    void rejected(RejectReason reason) {
        figures[PADDING + REJECTED + reason.ordinal()]++;
    }

    long get(int figure) {
        return figures[PADDING + figure];
    }

    long live() {
        return get(ATTACHED) + get(DETACHED);
    }

    void addTo(long[] sums) {
        for (int i = 0; i < COUNT; i++) {
            sums[i] += figures[PADDING + i];
        }
    }
}
