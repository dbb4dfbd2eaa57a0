package dev.rollcall.lincheck;

import dev.rollcall.lincheck.SmallShard.Session;
import dev.rollcall.lincheck.SmallShard.Spot;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The manager's protocol in miniature, and sound: two shards ({@link SmallShard}); a state word per
 * session; lookups and keepalives without a lock; creates and ends that look before they lock.
 * The {@link Defects} override one method each. That this class is confirmed by the specification,
 * on the budget on which they are refuted, is what makes their refutation mean something.
 */
class SmallManager {
    static final long ENDED = SmallShard.ENDED;
    private static final int SHARDS = SmallShard.SHARDS;

    /** After so many eras of silence a session has timed out. */
    private static final int TIMEOUT = 1;

    final SmallShard[] shards = {new SmallShard(), new SmallShard()};
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
        SmallShard shard = shardOf(1);
        shard.insert(first, shard.spot(1));
        shard.attach(first, shard.freePlace());
        shard.file(0, TIMEOUT);
        shard.created++;
    }

    SmallShard shardOf(int id) {
        return shards[id % SHARDS];
    }

    Session lookup(int id) {
        SmallShard shard = shardOf(id);
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
        SmallShard shard = shardOf(id);
        long seen = shard.lock.tryOptimisticRead();
        Spot spot = shard.spot(id);
        long now = clock.get();
        Session session = new Session(id, now);
        boolean isFiled = shard.due[spot.bucket()] <= now + TIMEOUT;
        long stamp = lockIfUnchanged(shard, seen);
        if (stamp == 0) {
            stamp = shard.lock.writeLock();
            spot = shard.spot(id);
            isFiled = false;
        }
        try {
            String refusal = refusal(shard, id, spot);
            if (refusal != null) {
                return refusal;
            }
            shard.insert(session, spot);
            enter(shard, session, isFiled ? SmallShard.NEVER : now + TIMEOUT);
            return "created";
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    /** On the condition that what was seen since the stamp still holds; 0 if the lock was not taken. */
    long lockIfUnchanged(SmallShard shard, long seen) {
        return shard.lock.lockIfUnchanged(seen);
    }

    /** What follows the link, in the order of the code. */
    final void enter(SmallShard shard, Session session, long due) {
        shard.attach(session, placeFor(shard));
        shard.file(shard.bucket(session.id, shard.buckets), due);
        if (shard.split()) {
            follow(shard);
        }
        shard.created++;
    }

    int placeFor(SmallShard shard) {
        return shard.freePlace();
    }

    /** Sessions of bucket 0 are in bucket 1 now. */
    void follow(SmallShard shard) {
        shard.file(1, shard.due[0]);
    }

    String refusal(SmallShard shard, int id, Spot spot) {
        if (gone.get()) {
            return "TRANSPORT_GONE";
        }
        if (shard.isTaken(id, spot)) {
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
        SmallShard shard = shardOf(session.id);
        long seen = shard.lock.tryOptimisticRead();
        Spot spot = shard.spot(session.id);
        if (!session.isLive()) {
            return false;
        }
        long stamp = lockIfUnchanged(shard, seen);
        if (stamp == 0) {
            stamp = shard.lock.writeLock();
            spot = shard.spot(session.id);
        }
        try {
            return endLocked(shard, session, spot);
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    final boolean endLocked(SmallShard shard, Session session, Spot spot) {
        if (!session.end()) {
            return false;
        }
        unlink(shard, session, spot);
        shard.ended++;
        giveBack();
        return true;
    }

    void unlink(SmallShard shard, Session session, Spot spot) {
        shard.remove(session, spot);
        leave(shard, session);
    }

    /** A session that is on no transport has left its place already. */
    void leave(SmallShard shard, Session session) {
        if (session.owner == 0) {
            shard.detach(session);
        }
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
        SmallShard shard = shardOf(1);
        long stamp = shard.lock.writeLock();
        try {
            boolean claimed = session.active(now);
            if (claimed) {
                leave(shard, session);
                session.owner = 1;
            }
            return claimed;
        } finally {
            shard.lock.unlockWrite(stamp);
        }
    }

    boolean doGoneHere() {
        boolean first = gone.compareAndSet(false, true);
        for (SmallShard shard : shards) {
            long stamp = shard.lock.writeLock();
            try {
                for (int place = 0; shard.places >>> place != 0; place++) {
                    Session session = shard.isTaken(place) ? shard.atPlace(place, bucketOfNote(shard, place)) : null;
                    if (session != null) {
                        endLocked(shard, session, shard.spot(session.id));
                    }
                }
            } finally {
                shard.lock.unlockWrite(stamp);
            }
        }
        return first;
    }

    int bucketOfNote(SmallShard shard, int place) {
        return shard.bucket(shard.notes[place], shard.buckets);
    }

    void doElapse() {
        clock.incrementAndGet();
    }

    int doSweep() {
        long now = clock.get();
        int ended = 0;
        for (SmallShard shard : shards) {
            long stamp = shard.lock.writeLock();
            try {
                for (int bucket = 0; bucket < shard.buckets; bucket++) {
                    if (shard.due[bucket] <= now) {
                        ended += sweep(shard, bucket, now);
                    }
                }
            } finally {
                shard.lock.unlockWrite(stamp);
            }
        }
        return ended;
    }

    private int sweep(SmallShard shard, int bucket, long now) {
        int ended = 0;
        long earliest = SmallShard.NEVER;
        for (Session at = shard.heads.get(bucket); at != null; at = at.next) {
            long word = at.state.get();
            if (word + TIMEOUT <= now && expire(at, word)) {
                unlink(shard, at, shard.spot(at.id));
                timedOut(shard);
                giveBack();
                ended++;
            } else {
                earliest = Math.min(earliest, at.state.get() + TIMEOUT);
            }
        }
        shard.due[bucket] = SmallShard.NEVER;
        fileAgain(shard, bucket, earliest);
        return ended;
    }

    /** For those that live on. */
    void fileAgain(SmallShard shard, int bucket, long earliest) {
        shard.file(bucket, earliest);
    }

    /** Ends by the same word that was judged. */
    boolean expire(Session session, long judged) {
        return session.state.compareAndSet(judged, ENDED);
    }

    void timedOut(SmallShard shard) {
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
            stamps[i] = shards[i].lock.writeLock();
        }
        long live = sum();
        for (int i = 0; i < SHARDS; i++) {
            shards[i].lock.unlockWrite(stamps[i]);
        }
        return live;
    }

    private long sum() {
        long live = 0;
        for (SmallShard shard : shards) {
            live += shard.created - shard.ended;
        }
        return live;
    }
}
