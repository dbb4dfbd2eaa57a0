package dev.rollcall.lincheck;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.StampedLock;

/**
 * The manager's protocol in miniature, and sound: two shards, each a table that splits once, a lock
 * with a stamp and two tallies; a state word per session; lookups and keepalives without a lock.
 * The {@link Defects} override one method each. That this class is confirmed by the specification,
 * on the budget on which they are refuted, is what makes their refutation mean something.
 */
class SmallManager {
    static final long ENDED = -1;
    private static final int SHARDS = 2;

    final Shard[] shards = {new Shard(), new Shard()};
    final AtomicLong clock = new AtomicLong();
    final AtomicBoolean gone = new AtomicBoolean();

    /** Permits taken: one per live session, and one per create that has got so far. */
    final AtomicInteger taken = new AtomicInteger(1);

    final Session first = new Session(1, 0);

    private final int maxSessions;

    SmallManager() {
        this(Integer.MAX_VALUE);
    }

    SmallManager(int maxSessions) {
        this.maxSessions = maxSessions;
        shardOf(1).publish(first);
        shardOf(1).created++;
    }

    static final class Session {
        final int id;

        /** The era of the last activity, or ENDED. */
        final AtomicLong state;

        volatile Session next;
        volatile int owner;

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

    /** A table of one bucket, then two, under a lock, with its tallies. */
    static final class Shard {
        final StampedLock lock = new StampedLock();
        final AtomicReferenceArray<Session> heads = new AtomicReferenceArray<>(2);
        volatile int buckets = 1;
        long created;
        long ended;

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

        /** Into a chain of one at most. The second session of the shard makes the table split. */
        void publish(Session session) {
            int bucket = bucket(session.id, buckets);
            Session other = heads.get(bucket);
            if (other == null) {
                heads.set(bucket, session);
            } else if (bucket(session.id, 2) == 0) {
                session.next = other;
                heads.set(bucket, session);
                split(session);
            } else {
                other.next = session;
                split(other);
            }
        }

        /** The one that stays comes first, so that a split is one cut. */
        private void split(Session stays) {
            heads.set(1, stays.next);
            buckets = 2;
            stays.next = null;
        }

        void unlink(Session session) {
            int bucket = bucket(session.id, buckets);
            Session before = null;
            for (Session at = heads.get(bucket); at != session; at = at.next) {
                before = at;
            }
            if (before == null) {
                heads.set(bucket, session.next);
            } else {
                before.next = session.next;
            }
        }
    }

    Shard shardOf(int id) {
        return shards[id % SHARDS];
    }

    Session lookup(int id) {
        Shard shard = shardOf(id);
        int count = shard.buckets;
        while (true) {
            int bucket = shard.bucket(id, count);
            Session session = shard.inChain(id, bucket);
            if (session != null) {
                return session.isLive() ? session : null;
            }
            count = shard.buckets;
            if (isAnswered(shard.bucket(id, count) == bucket)) {
                return null;
            }
        }
    }

    /** Whether a reader that found nothing may say so. */
    boolean isAnswered(boolean isStillItsBucket) {
        return isStillItsBucket;
    }

    boolean doFind(int id) {
        return lookup(id) != null;
    }

    String doCreate(int id) {
        Session session = new Session(id, clock.get());
        Shard shard = shardOf(id);
        long stamp = shard.lock.writeLock();
        try {
            String refusal = refusal(shard, id);
            if (refusal != null) {
                return refusal;
            }
            shard.publish(session);
            shard.created++;
            return "created";
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    String refusal(Shard shard, int id) {
        if (gone.get()) {
            return "TRANSPORT_GONE";
        }
        if (isTaken(shard, id)) {
            return "DUPLICATE_ID";
        }
        return tryTake() ? null : "LIMIT_REACHED";
    }

    boolean tryTake() {
        int permits = taken.get();
        while (permits < maxSessions) {
            if (taken.compareAndSet(permits, permits + 1)) {
                return true;
            }
            permits = taken.get();
        }
        return false;
    }

    static boolean isTaken(Shard shard, int id) {
        return shard.inChain(id, shard.bucket(id, shard.buckets)) != null;
    }

    boolean doKeepAlive(int id) {
        Session session = lookup(id);
        if (session == null) {
            return false;
        }
        return active(session, clock.get());
    }

    boolean active(Session session, long now) {
        return session.active(now);
    }

    /** By the handle. */
    boolean doDestroyFirst() {
        return end(first);
    }

    boolean doDestroy(int id) {
        Session session = lookup(id);
        return session != null && end(session);
    }

    boolean end(Session session) {
        Shard shard = shardOf(session.id);
        long stamp = shard.lock.writeLock();
        try {
            return endLocked(shard, session);
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    boolean endLocked(Shard shard, Session session) {
        if (!session.end()) {
            return false;
        }
        shard.unlink(session);
        shard.ended++;
        giveBack();
        return true;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    boolean doClaimAway() {
        Session session = lookup(1);
        if (session == null) {
            return false;
        }
        long now = clock.get();
        Shard shard = shardOf(1);
        long stamp = shard.lock.writeLock();
        try {
            boolean claimed = session.active(now);
            if (claimed) {
                session.owner = 1;
            }
            return claimed;
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    boolean doGoneHere() {
        boolean first = gone.compareAndSet(false, true);
        for (Shard shard : shards) {
            long stamp = shard.lock.writeLock();
            try {
                for (int bucket = 0; bucket < shard.buckets; bucket++) {
                    for (Session at = shard.heads.get(bucket); at != null; at = at.next) {
                        if (at.owner == 0) {
                            endLocked(shard, at);
                        }
                    }
                }
            } finally {
                shard.lock.unlockWrite(stamp);
            }
        }
        return first;
    }

    void doElapse() {
        clock.incrementAndGet();
    }

    int doSweep() {
        long now = clock.get();
        int ended = 0;
        for (Shard shard : shards) {
            long stamp = shard.lock.writeLock();
            try {
                for (int bucket = 0; bucket < shard.buckets; bucket++) {
                    for (Session at = shard.heads.get(bucket); at != null; at = at.next) {
                        long word = at.state.get();
                        if (word != ENDED && word + 1 <= now && expire(at, word)) {
                            shard.unlink(at);
                            timedOut(shard);
                            giveBack();
                            ended++;
                        }
                    }
                }
            } finally {
                shard.lock.unlockWrite(stamp);
            }
        }
        return ended;
    }

    /** Ends by the same word that was judged. */
    boolean expire(Session session, long judged) {
        return session.state.compareAndSet(judged, ENDED);
    }

    void timedOut(Shard shard) {
        shard.ended++;
    }

    long doCount() {
        long[] stamps = new long[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            stamps[i] = shards[i].lock.tryOptimisticRead();
        }
        long live = sum();
        return isSnapshot(stamps) ? live : countLocked(stamps);
    }

    /** Whether what was read since is of one instant. */
    boolean isSnapshot(long[] stamps) {
        boolean isSnapshot = true;
        for (int i = 0; i < SHARDS; i++) {
            isSnapshot &= shards[i].lock.validate(stamps[i]);
        }
        return isSnapshot;
    }

    private long countLocked(long[] stamps) {
        for (int i = 0; i < SHARDS; i++) {
            stamps[i] = shards[i].lock.readLock();
        }
        long live = sum();
        for (int i = 0; i < SHARDS; i++) {
            shards[i].lock.unlockRead(stamps[i]);
        }
        return live;
    }

    private long sum() {
        long live = 0;
        for (Shard shard : shards) {
            live += shard.created - shard.ended;
        }
        return live;
    }
}
