package dev.rollcall;

/**
 * A shard's figures: plain longs, written under the shard's lock in the same critical section as
 * the change they count, and read between two equal stamps (see {@link Shards#collect}).
 *
 * <p>They lie in the middle of an array that is padded on both sides, so that no other shard's
 * figures share a cache line with them. Not final: the benchmarks derive a baseline that tallies
 * nothing.
 */
class Tallies {
    static final int CREATED = 0;
    static final int ATTACHED = 1;
    static final int DETACHED = 2;
    static final int DETACHMENTS = 3;
    static final int CLAIMS = 4;
    static final int RECLAIMS = 5;
    static final int ENDED_DETACHED = 6;
    static final int ENDED = 7;
    static final int REJECTED_CREATES = ENDED + EndCause.COUNT;
    static final int REJECTED_CLAIMS = REJECTED_CREATES + RejectReason.COUNT;
    static final int COUNT = REJECTED_CLAIMS + RejectReason.COUNT;

    /** Two cache lines: the adjacent-line prefetcher fetches pairs. */
    private static final int PADDING = 16;

    private final long[] figures = new long[PADDING + COUNT + PADDING];

    void created() {
        add(CREATED, 1);
        add(ATTACHED, 1);
    }

    void detached() {
        add(DETACHMENTS, 1);
        add(ATTACHED, -1);
        add(DETACHED, 1);
    }

    void claimed(boolean wasAttached) {
        add(CLAIMS, 1);
        if (!wasAttached) {
            add(RECLAIMS, 1);
            add(DETACHED, -1);
            add(ATTACHED, 1);
        }
    }

    void ended(EndCause cause, boolean wasAttached) {
        add(ENDED + cause.ordinal(), 1);
        if (wasAttached) {
            add(ATTACHED, -1);
        } else {
            add(ENDED_DETACHED, 1);
            add(DETACHED, -1);
        }
    }

    void rejectedCreate(RejectReason reason) {
        add(REJECTED_CREATES + reason.ordinal(), 1);
    }

    void rejectedClaim(RejectReason reason) {
        add(REJECTED_CLAIMS + reason.ordinal(), 1);
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

    private void add(int figure, long change) {
        figures[PADDING + figure] += change;
    }
}
