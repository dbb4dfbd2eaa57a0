package dev.rollcall;

import dev.rollcall.wheel.Segments;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shard's hash table of its live sessions, linked through the sessions themselves. Writers hold
 * the shard's lock. {@link #find} takes no lock and never waits; it walks a second chain only if
 * the table grew meanwhile and that moved its key. A writer looks for a session's place before it
 * takes the lock, and relies on it if the lock's stamp is still the same ({@link #before}).
 *
 * <p>Source: W. Litwin, "Linear Hashing", VLDB 1980 (growth by one bucket at a time); O. Shalev and
 * N. Shavit, "Split-Ordered Lists", J. ACM 53(3), 2006 (chains in an order in which a split is one
 * cut); S. Heller et al., "A Lazy Concurrent List-Based Set Algorithm", OPODIS 2005 (search without
 * a lock beside writers with one).
 */
class SessionTable<A> extends Tallies {
    /*
     * Overview. A reader without a lock must not miss a session that is in the table throughout its
     * call, although writers link, unlink and split chains meanwhile. Nodes cannot be copied, since
     * the session is the node, and rehashing the whole table would hold the lock for O(sessions).
     * Therefore chains are kept in split order:
     *
     *     find(id):
     *         do  b = bucket(hash, buckets)
     *             walk chain b; if id is there: return it unless it has ended
     *         while bucket(hash, buckets) != b        // a split moved the key meanwhile
     *         return absent
     *     split of p, making bucket q:
     *         the chain of p is  p1 … pk q1 … qm      // split order: all that stay come first
     *         head[q] = q1;  buckets = q + 1;  pk.next = null
     *
     * Split order. Of two hashes, the one with a 0 in the lowest bit in which they differ comes
     * first: the order of the bit-reversed hashes. When a bucket is split, one more bit decides
     * between the two buckets. The sessions that this bit sends to the new bucket are the tail of
     * the chain, however many low bits chose the bucket before. The hash is a bijection of the id,
     * so no two ids of a table have equal hashes.
     *
     * Invariants, with the lock held.
     * T1  Every live session of the shard is in the chain of bucket(hash, buckets), once.
     * T2  Chains are in split order.
     * T3  A session's next is never changed after its unlinking, so a reader that stands on it
     *     walks on into the chain that the session was part of.
     * T4  The bucket count never shrinks, so bucket(hash, buckets) never returns to a former value.
     * T5  A session is linked once in its life. (A visit of all sessions relies on it.)
     *
     * Why a reader may answer "absent". Let session z be in the table from before the call until
     * after it. By T3 and the lazy-list argument the reader's walk reaches z unless a split has cut
     * the chain between the reader and z. The cut is written after `buckets`. So a reader that saw
     * the cut also sees the new count, computes another bucket (T4) and walks that one. If instead
     * the reader meets an ended session with its id, then the id was free at some instant after the
     * call began: between that end and the next create of the id. For that create comes after the
     * unlinking, and the ended session was linked at some instant after the call began.
     *
     * Linearization.
     *     insert      | the volatile write of the predecessor's next or the head: readers follow
     *                 | only those
     *     remove      | none of its own: the session's ENDED is the point, see Shard
     *     find, hit   | its read of the state word. No earlier read shows that the session is live:
     *                 | a session that is linked may have ended before the call
     *     find, miss  | an instant at which the id was free, as above
     *
     * Ordering (field | reader | writer | reason).
     *     head, next    | volatile | insert:  | publishes the session; and whatever the thread
     *                   |          | volatile | looks up afterwards, it looks up after all can find
     *                   |          |          | this one (L1)
     *                   |          | remove,  | the state word has said already that the session is
     *                   |          | split:   | gone; a cut is found out by `buckets`
     *                   |          | release  |
     *     buckets       | volatile | volatile | see the cut above; tested by the stress scenario
     *                   |          |          | index.LookupVsTableGrowth
     *     directory     | acquire  | release  | its elements are written before it. Written before
     *                   |          |          | buckets, so a reader has an older directory only
     *                   |          |          | with an older count; but it may have a newer one
     *                   |          |          | with an older count, and then needs the elements
     *     segment       | acquire  | release  | the first one is copied while it is small. A reader
     *                   |          |          | of the former copy misses only what is linked at a
     *                   |          |          | head after its call began
     *
     * Progress. find is wait-free, except that it walks one more chain for each split that moves
     * its key, which happens at most once per doubling of the table.
     *
     * A visit of all sessions takes no lock either (forEach). It goes through the buckets that
     * there were when it began; with each, it walks all buckets that have been split from it since,
     * and takes what belongs to it by its hash. A split moves sessions to a later one of these
     * only, so none that stays is missed; but one may be met twice, so where there is more than one
     * bucket, they are remembered.
     *
     * Not done: shrinking. The proof rests on T4; if the table could shrink, readers would have to
     * notice it and retry, and retrying would cost every reader a check. Unlinked sessions keep
     * their next (T3), so an application that holds on to an ended session may keep a few sessions
     * that ended after it in the heap as well.
     */

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Session[].class);
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Session[][].class);
    private static final VarHandle DIRECTORY = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "directory", VarHandle.class, SessionTable.class, Session[][].class);
    private static final VarHandle SIZE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "size", VarHandle.class, Tallies.class, int.class);

    /** A bucket is split when there are more sessions than this many quarters of the buckets. */
    private static final int LOAD_QUARTERS = 2;

    /** How many buckets share a timer: as many references as a cache line holds. */
    static final int BLOCK = 16;

    /** The binary logarithm of {@link #BLOCK}. */
    private static final int BLOCK_BITS = 4;

    /**
     * Takes the place of all segments in the end: large enough for any bucket, and never written.
     */
    private static final Session<?>[] CLEARED = new Session<?>[Segments.LENGTH];

    private Session<?>[][] directory = {new Session<?>[Segments.FIRST_LENGTH]};
    private volatile int buckets = Segments.FIRST_LENGTH;

    SessionTable(boolean isTallied) {
        super(isTallied);
    }

    /**
     * The session with this id, or null. Takes no lock.
     *
     * @param hash the id's {@link IdHash}
     */
    @SuppressWarnings("unchecked") // only insert() writes
    final @Nullable Session<A> find(long id, long hash) {
        int count = buckets;
        while (true) {
            int bucket = bucket(hash, count);
            Session<?> session = (Session<?>) HEAD.getVolatile(segment(bucket), Segments.offset(bucket));
            while (session != null) {
                if (session.id == id) {
                    return SessionState.isEnded(session.state) ? null : (Session<A>) session;
                }
                session = session.next;
            }
            count = buckets;
            if (bucket(hash, count) == bucket) {
                return null;
            }
        }
    }

    /** The bucket of a hash. With the lock, or validated by its stamp. */
    final int bucketOf(long hash) {
        return bucket(hash, buckets);
    }

    /**
     * The session in front of the place of an id, or null if that place is the first of its chain.
     * {@link #after} is the session with the id, if there is one. With the lock, or validated by
     * its stamp.
     *
     * @param bucket that of the hash
     */
    final @Nullable Session<?> before(int bucket, long id, long hash) {
        Session<?> prev = null;
        Session<?> at = first(bucket);
        while (at != null && at.id != id && isBefore(at.hash(), hash)) {
            prev = at;
            at = at.next;
        }
        return prev;
    }

    /**
     * The session in front of the one with an id, or null if that is the first of its chain; the
     * last of the chain if there is none. In all else it does the same as the overload with a hash.
     */
    final @Nullable Session<?> before(int bucket, long id) {
        Session<?> prev = null;
        Session<?> at = first(bucket);
        while (at != null && at.id != id) {
            prev = at;
            at = at.next;
        }
        return prev;
    }

    /** What follows a session in its chain, or what is first in a bucket if the session is null. */
    @SuppressWarnings("unchecked") // only insert() writes
    final @Nullable Session<A> after(int bucket, @Nullable Session<?> prev) {
        return (Session<A>) (prev == null ? first(bucket) : prev.next);
    }

    /** The session that follows another in its chain, or null. With the lock, or validated. */
    @SuppressWarnings("unchecked") // only insert() writes
    final @Nullable Session<A> after(Session<A> session) {
        return (Session<A>) session.next;
    }

    /** The first session of a bucket, or null. With the lock. */
    @SuppressWarnings("unchecked") // only insert() writes
    final @Nullable Session<A> head(int bucket) {
        return (Session<A>) first(bucket);
    }

    /**
     * The same, of a bucket of a block. With the lock, or validated by its stamp. Acquires, so that
     * whoever looks without the lock may read all of the session.
     */
    @SuppressWarnings("unchecked") // only insert() writes
    final @Nullable Session<A> head(Session<?>[] segment, int bucket) {
        return (Session<A>) HEAD.getAcquire(segment, Segments.offset(bucket));
    }

    /** What all buckets of a block are in. With the lock, or validated by its stamp. */
    final Session<?>[] segmentOf(int block) {
        return segment(firstOf(block));
    }

    /**
     * Allocates what is needed to {@linkplain #split} twice. If that fails, nothing has changed.
     *
     * @return false if there is no need to, for one more session does not make the table too full
     */
    final boolean reserve() {
        if (!isFull(size + 1)) {
            return false;
        }
        // The second bucket may open a segment.
        int last = buckets + 1;
        int segment = Segments.segment(last);
        if (segment >= directory.length) {
            Session<?>[][] larger = Arrays.copyOf(directory, segment + 1);
            larger[segment] = new Session<?>[Segments.LENGTH];
            DIRECTORY.setRelease(this, larger);
        } else if (Segments.offset(last) >= directory[segment].length) {
            SEGMENT.setRelease(directory, segment, Arrays.copyOf(directory[segment], 2 * directory[segment].length));
        }
        return true;
    }

    /**
     * Links a session whose id is not in the table.
     *
     * @param bucket that of its hash
     * @param prev what {@link #before} answered
     * @param next what {@link #after} answered
     */
    final void insert(Session<A> session, int bucket, @Nullable Session<?> prev, @Nullable Session<?> next) {
        session.setNext(next);
        if (prev == null) {
            HEAD.setVolatile(segment(bucket), Segments.offset(bucket), session);
        } else {
            prev.next = session;
        }
        SIZE.setOpaque(this, size + 1);
    }

    /**
     * Unlinks a session that is in the table and has ended.
     *
     * @param bucket that of its hash
     * @param prev what {@link #before} answered
     */
    final void remove(Session<A> session, int bucket, @Nullable Session<?> prev) {
        if (prev == null) {
            setHead(bucket, session.next);
        } else {
            prev.setNext(session.next);
        }
        SIZE.setOpaque(this, size - 1);
    }

    /** Whether there are too many sessions for the buckets. */
    final boolean isFull() {
        return isFull(size);
    }

    private boolean isFull(int sessions) {
        return 4L * sessions > (long) LOAD_QUARTERS * buckets;
    }

    /** The number of the block that a bucket belongs to, 1 or more. */
    static int blockOf(int bucket) {
        return (bucket >>> BLOCK_BITS) + 1;
    }

    /** The first bucket of a block. */
    static int firstOf(int block) {
        return (block - 1) << BLOCK_BITS;
    }

    /** The bucket after the last one of a block, if there are so many buckets. */
    static int limitOf(int block, int buckets) {
        return Math.min(block << BLOCK_BITS, buckets);
    }

    /**
     * Lets go of the memory for the buckets: the table is empty and nothing may be inserted any
     * longer. A reader without the lock finds every bucket empty.
     */
    final void clear() {
        for (int i = 0; i < directory.length; i++) {
            SEGMENT.setRelease(directory, i, CLEARED);
        }
    }

    /** The number of sessions. Exact with the lock held, otherwise a value that it had recently. */
    final int size() {
        return (int) SIZE.getOpaque(this);
    }

    /** The number of buckets. */
    final int buckets() {
        return buckets;
    }

    /**
     * Makes one more bucket, the last.
     *
     * @return the bucket that it was split from
     */
    final int split() {
        int made = buckets;
        int bucket = made & (Integer.highestOneBit(made) - 1);
        long bit = Integer.highestOneBit(made);
        Session<?> last = null;
        Session<?> first = first(bucket);
        while (first != null && (first.hash() & bit) == 0) {
            last = first;
            first = first.next;
        }
        setHead(made, first);
        buckets = made + 1;
        if (first != null) {
            if (last == null) {
                setHead(bucket, null);
            } else {
                last.setNext(null);
            }
        }
        return bucket;
    }

    /**
     * Visits all sessions that are live. One that is live throughout is visited once; others
     * perhaps. Takes no lock, and none is held while the action runs.
     */
    final void forEach(Consumer<? super Session<A>> action) {
        int count = buckets;
        List<Session<A>> found = new ArrayList<>();
        for (int bucket = 0; bucket < count; bucket++) {
            addSplitFrom(bucket, count, found);
            for (int i = 0; i < found.size(); i++) {
                Session<A> session = found.get(i);
                if (session.isLive()) {
                    action.accept(session);
                }
            }
            found.clear();
        }
    }

    /**
     * Adds, each once, the sessions of a bucket out of so many and of all that were split from it
     * since.
     */
    final void addSplitFrom(int bucket, int count, List<Session<A>> found) {
        addChain(bucket, bucket, count, found);
        int step = step(bucket, count);
        // Read after each chain, so that what was cut off from it is met later.
        if (bucket + step >= buckets) {
            return;
        }
        Set<Session<A>> once = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int split = bucket + step; split < buckets; split += step) {
            addChain(split, bucket, count, found);
        }
        found.removeIf(session -> !once.add(session));
    }

    /** The distance between the buckets that are split from a bucket out of so many. */
    private static int step(int bucket, int count) {
        int half = Integer.highestOneBit(count - 1);
        boolean isSplit = bucket >= half || bucket + half < count;
        return isSplit ? 2 * half : half;
    }

    /**
     * Adds what a chain has of a bucket out of so many. It may have others for a moment: between
     * the writing of the new count and the cut, a split bucket's chain still has what has moved.
     */
    @SuppressWarnings("unchecked") // only insert() writes
    private void addChain(int chain, int bucket, int count, List<Session<A>> found) {
        Session<?> session = (Session<?>) HEAD.getVolatile(segment(chain), Segments.offset(chain));
        while (session != null) {
            if (bucket(session.hash(), count) == bucket) {
                found.add((Session<A>) session);
            }
            session = session.next;
        }
    }

    private @Nullable Session<?> first(int bucket) {
        return segment(bucket)[Segments.offset(bucket)];
    }

    private void setHead(int bucket, @Nullable Session<?> session) {
        HEAD.setRelease(segment(bucket), Segments.offset(bucket), session);
    }

    private Session<?>[] segment(int bucket) {
        Session<?>[][] segments = (Session<?>[][]) DIRECTORY.getAcquire(this);
        return (Session<?>[]) SEGMENT.getAcquire(segments, Segments.segment(bucket));
    }

    /** Linear hashing: the low bits, one more of them for the buckets that have been split. */
    static int bucket(long hash, int buckets) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(buckets - 1);
        int bucket = (int) hash & mask;
        return bucket < buckets ? bucket : bucket & mask >>> 1;
    }

    private static boolean isBefore(long hash, long other) {
        return (hash & Long.lowestOneBit(hash ^ other)) == 0;
    }
}
