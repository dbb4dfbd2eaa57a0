package dev.rollcall;

import dev.rollcall.slots.Segments;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A shard's hash table of its live sessions, linked through the sessions themselves. Writers hold the
 * shard's lock. {@link #find} takes no lock and never waits; it walks a second chain only if the table
 * grew meanwhile and that moved its key.
 *
 * <p>Source: W. Litwin, "Linear Hashing", VLDB 1980 (growth by one bucket at a time); O. Shalev and
 * N. Shavit, "Split-Ordered Lists", J. ACM 53(3), 2006 (chains in an order in which a split is one
 * cut); S. Heller et al., "A Lazy Concurrent List-Based Set Algorithm", OPODIS 2005 (search without
 * a lock beside writers with one).
 */
final class SessionTable<A> {
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
     * between the two buckets. The sessions that this bit sends to the new bucket are the tail of the
     * chain, however many low bits chose the bucket before. The hash is a bijection of the id, so no
     * two ids of a table have equal hashes.
     *
     * Invariants, with the lock held.
     * T1  Every live session of the shard is in the chain of bucket(hash, buckets), once.
     * T2  Chains are in split order.
     * T3  A session's next is never changed after its unlinking, so a reader that stands on it walks
     *     on into the chain that the session was part of.
     * T4  The bucket count never shrinks, so bucket(hash, buckets) never returns to a former value.
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
     *     insert      | the write of the predecessor's next or the head: readers follow only those
     *     remove      | none of its own: the session's ENDED is the point, see Shard
     *     find, hit   | its read of the state word. No earlier read shows that the session is live:
     *                 | a session that is linked may have ended before the call
     *     find, miss  | an instant at which the id was free, as above
     *
     * Ordering (field | reader | writer | reason).
     *     head, next    | volatile | release  | publishes the session. The release of the lock, a
     *                   |          |          | volatile write, follows; it orders a later lookup of
     *                   |          |          | another id by the same thread
     *     buckets       | volatile | volatile | see the cut above; tested by the stress scenario
     *                   |          |          | index.LookupVsTableGrowth
     *     directory     | acquire  | release  | its elements are written before it. Written before
     *                   |          |          | buckets, so a reader has an older directory only with an
     *                   |          |          | older count; but it may have a newer one with an older
     *                   |          |          | count, and then needs the elements
     *     segment       | acquire  | release  | the first one is copied while it is small. A reader of
     *                   |          |          | the former copy misses only what is linked at a head
     *                   |          |          | after its call began
     *
     * Progress. find is wait-free, except that it walks one more chain for each split that moves its
     * key, which happens at most once per doubling of the table.
     *
     * Not done: shrinking. The proof rests on T4; if the table could shrink, readers would have to
     * notice it and retry, and retrying would cost every reader a check. Unlinked sessions keep their
     * next (T3), so an application that holds on to an ended session may keep a few sessions that
     * ended after it in the heap as well.
     */

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Session[].class);
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Session[][].class);
    private static final VarHandle DIRECTORY = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "directory", VarHandle.class, SessionTable.class, Session[][].class);
    private static final VarHandle SIZE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "size", VarHandle.class, SessionTable.class, int.class);

    /** A bucket is split when there are more sessions than this many quarters of the buckets. */
    private static final int LOAD_QUARTERS = 3;

    /** Takes the place of all segments in the end: large enough for any bucket, and never written. */
    private static final Session<?>[] CLEARED = new Session<?>[Segments.LENGTH];

    private Session<?>[][] directory = {new Session<?>[Segments.FIRST_LENGTH]};
    private volatile int buckets = Segments.FIRST_LENGTH;
    /** Written opaquely, so that a reader without the lock sees it change. */
    private int size;

    /**
     * The session with this id, or null. Takes no lock.
     *
     * @param hash the id's {@link IdHash}
     */
    @SuppressWarnings("unchecked") // only insert() writes
    Session<A> find(long id, long hash) {
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

    /** Whether there is a session with this id. For writers only: unlike find() it relies on the order. */
    boolean contains(long id, long hash) {
        Session<?> session = head(bucket(hash, buckets));
        while (session != null && session.id != id && before(session.hash(), hash)) {
            session = session.next;
        }
        return session != null && session.id == id;
    }

    /** Allocates what the next {@link #insert} may need. If that fails, nothing has changed. */
    void reserve() {
        // An insert makes at most two buckets, the second of which may open a segment.
        int last = buckets + 1;
        int segment = Segments.segment(last);
        if (segment >= directory.length) {
            Session<?>[][] larger = Arrays.copyOf(directory, segment + 1);
            larger[segment] = new Session<?>[Segments.LENGTH];
            DIRECTORY.setRelease(this, larger);
        } else if (Segments.offset(last) >= directory[segment].length) {
            SEGMENT.setRelease(directory, segment, Arrays.copyOf(directory[segment], 2 * directory[segment].length));
        }
    }

    /** Links a session whose id is not in the table, then splits if that made it too full. */
    void insert(Session<A> session, long hash) {
        int bucket = bucket(hash, buckets);
        Session<?> prev = null;
        Session<?> next = head(bucket);
        while (next != null && before(next.hash(), hash)) {
            prev = next;
            next = next.next;
        }
        session.setNext(next);
        if (prev == null) {
            setHead(bucket, session);
        } else {
            prev.setNext(session);
        }
        SIZE.setOpaque(this, size + 1);
        for (int i = 0; i < 2 && 4L * size > (long) LOAD_QUARTERS * buckets; i++) {
            split();
        }
    }

    /** Unlinks a session that is in the table and has ended. */
    void remove(Session<A> session, long hash) {
        int bucket = bucket(hash, buckets);
        Session<?> prev = null;
        for (Session<?> at = head(bucket); at != session; at = at.next) {
            prev = at;
        }
        if (prev == null) {
            setHead(bucket, session.next);
        } else {
            prev.setNext(session.next);
        }
        SIZE.setOpaque(this, size - 1);
    }

    /**
     * Lets go of the memory for the buckets: the table is empty and nothing may be inserted any
     * longer. A reader without the lock finds every bucket empty.
     */
    void clear() {
        for (int i = 0; i < directory.length; i++) {
            SEGMENT.setRelease(directory, i, CLEARED);
        }
    }

    /** The number of sessions. Exact with the lock held, otherwise a value that it had recently. */
    int size() {
        return (int) SIZE.getOpaque(this);
    }

    /** The number of buckets. */
    int buckets() {
        return buckets;
    }

    private void split() {
        int made = buckets;
        int bucket = made & (Integer.highestOneBit(made) - 1);
        long bit = Integer.highestOneBit(made);
        Session<?> last = null;
        Session<?> first = head(bucket);
        while (first != null && (first.hash() & bit) == 0) {
            last = first;
            first = first.next;
        }
        setHead(made, first);
        buckets = made + 1;
        if (first == null) {
            return;
        }
        if (last == null) {
            setHead(bucket, null);
        } else {
            last.setNext(null);
        }
    }

    private Session<?> head(int bucket) {
        return segment(bucket)[Segments.offset(bucket)];
    }

    private void setHead(int bucket, Session<?> session) {
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

    private static boolean before(long hash, long other) {
        return (hash & Long.lowestOneBit(hash ^ other)) == 0;
    }
}
