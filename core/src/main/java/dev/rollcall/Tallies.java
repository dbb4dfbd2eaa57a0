package dev.rollcall;

/**
 * A shard's figures: plain numbers, written under the shard's lock in the same critical section as
 * the change they count, and read between two equal stamps (see {@link Shards#collect}).
 *
 * <p>A subclass of the lock, so that what every create and destroy writes lies together: the lock's
 * word, the size of the table and the three figures that these two change.
 */
class Tallies extends ShardLock {
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

    private static final int DESTROYED = ENDED + EndCause.DESTROYED.ordinal();

    private long created;
    private long attached;
    private long detached;
    private long destroyed;

    /** How many sessions the table has. */
    int size;

    /** False for a benchmark's baseline that counts nothing. */
    private final boolean isTallied;

    /** All other figures. */
    private final long[] figures = new long[COUNT];

    Tallies(boolean isTallied) {
        this.isTallied = isTallied;
    }

    final void created() {
        if (isTallied) {
            created++;
            attached++;
        }
    }

    final void detached() {
        if (isTallied) {
            attached--;
            figures[DETACHMENTS]++;
            detached++;
        }
    }

    final void claimed(boolean wasAttached) {
        if (isTallied) {
            figures[CLAIMS]++;
            if (!wasAttached) {
                figures[RECLAIMS]++;
                detached--;
                attached++;
            }
        }
    }

    final void ended(EndCause cause, boolean wasAttached) {
        if (!isTallied) {
            return;
        }
        if (cause == EndCause.DESTROYED) {
            destroyed++;
        } else {
            figures[ENDED + cause.ordinal()]++;
        }
        if (wasAttached) {
            attached--;
        } else {
            figures[ENDED_DETACHED]++;
            detached--;
        }
    }

    final void rejectedCreate(RejectReason reason) {
        figures[REJECTED_CREATES + reason.ordinal()]++;
    }

    final void rejectedClaim(RejectReason reason) {
        figures[REJECTED_CLAIMS + reason.ordinal()]++;
    }

    final long tally(int figure) {
        return switch (figure) {
            case CREATED -> created;
            case ATTACHED -> attached;
            case DETACHED -> detached;
            default -> figure == DESTROYED ? destroyed : figures[figure];
        };
    }

    final long live() {
        return attached + detached;
    }

    final void addTo(long[] sums) {
        for (int i = 0; i < COUNT; i++) {
            sums[i] += figures[i];
        }
        sums[CREATED] += created;
        sums[ATTACHED] += attached;
        sums[DETACHED] += detached;
        sums[DESTROYED] += destroyed;
    }
}
