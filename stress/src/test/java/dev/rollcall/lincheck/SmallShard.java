package dev.rollcall.lincheck;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A shard in miniature: a table of one bucket, then two; a timer for each bucket, as if that were a
 * block; the places of the sessions that are on one transport; two tallies; all under one lock.
 */
final class SmallShard {
    static final long ENDED = -1;
    static final long NEVER = Long.MAX_VALUE;
    static final int NO_PLACE = -1;

    /** How many shards there are: a shard's ids are this far apart. */
    static final int SHARDS = 2;

    private static final int PLACES = 8;

    final SmallLock lock = new SmallLock();
    final AtomicReferenceArray<Session> heads = new AtomicReferenceArray<>(2);
    volatile int buckets = 1;
    long created;
    long ended;

    /** When the sweep is to look at each bucket. */
    final long[] due = {NEVER, NEVER};

    /** A bit for each place that is taken, and of whoever took it the id. */
    int places;

    final int[] notes = new int[PLACES];

    static final class Session {
        final int id;

        /** The era of the last activity, or ENDED. */
        final AtomicLong state;

        volatile Session next;
        volatile int owner;

        /** Where it is among the sessions of transport 0. Confined to the lock. */
        int place = NO_PLACE;

        Session(int id, long now) {
            this.id = id;
            this.state = new AtomicLong(now);
        }

        boolean isLive() {
            return state.get() != ENDED;
        }

        /** False if it has ended. */
        boolean active(long now) {
            long word = state.get();
            while (word != ENDED) {
                if (word >= now || state.compareAndSet(word, now)) {
                    return true;
                }
                word = state.get();
            }
            return false;
        }

        boolean end() {
            long word = state.get();
            while (word != ENDED && !state.compareAndSet(word, ENDED)) {
                word = state.get();
            }
            return word != ENDED;
        }
    }

    /** Where a session is or would be. */
    record Spot(int bucket, Session prev) {}

    /** The session that is there first moves when the table splits. */
    int bucket(int id, int count) {
        return id / SHARDS + 1 & count - 1;
    }

    Session inChain(int id, int bucket) {
        Session session = heads.get(bucket);
        while (session != null && session.id != id) {
            session = session.next;
        }
        return session;
    }

    /** With the lock, or validated by its stamp. In a chain those that a split leaves there come first. */
    Spot spot(int id) {
        int bucket = bucket(id, buckets);
        Session prev = null;
        Session at = heads.get(bucket);
        while (at != null && at.id != id && bucket(at.id, 2) < bucket(id, 2)) {
            prev = at;
            at = at.next;
        }
        return new Spot(bucket, prev);
    }

    Session at(Spot spot) {
        return spot.prev == null ? heads.get(spot.bucket) : spot.prev.next;
    }

    boolean isTaken(int id, Spot spot) {
        Session there = at(spot);
        return there != null && there.id == id;
    }

    void insert(Session session, Spot spot) {
        session.next = at(spot);
        link(session, spot);
    }

    void remove(Session session, Spot spot) {
        link(session.next, spot);
    }

    private void link(Session session, Spot spot) {
        if (spot.prev == null) {
            heads.set(spot.bucket, session);
        } else {
            spot.prev.next = session;
        }
    }

    /** The second session of the only chain makes it split, by one cut. True if it did. */
    boolean split() {
        Session stays = heads.get(0);
        if (buckets == 2 || stays == null || stays.next == null) {
            return false;
        }
        heads.set(1, stays.next);
        buckets = 2;
        stays.next = null;
        return true;
    }

    void file(int bucket, long era) {
        due[bucket] = Math.min(due[bucket], era);
    }

    void attach(Session session, int place) {
        session.place = place;
        places |= 1 << place;
        notes[place] = session.id;
    }

    int freePlace() {
        return Integer.numberOfTrailingZeros(~places);
    }

    boolean isTaken(int place) {
        return (places >>> place & 1) != 0;
    }

    void detach(Session session) {
        if (session.place != NO_PLACE) {
            places &= ~(1 << session.place);
        }
    }

    /** The session at a place, in the chain where its note says that it is; null if it is not there. */
    Session atPlace(int place, int bucket) {
        Session session = heads.get(bucket);
        while (session != null && session.place != place) {
            session = session.next;
        }
        return session;
    }
}
