package dev.rollcall;

import dev.rollcall.slots.Segments;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A shard's hash table of its live sessions, linked through the sessions themselves. Writers are
 * confined to the shard's lock; {@link #find} takes no lock, never waits and never retries but for
 * growth that moved its key.
 *
 * <p>Source: W. Litwin, "Linear Hashing", VLDB 1980 (growth by one bucket at a time); O. Shalev and
 * N. Shavit, "Split-Ordered Lists", J. ACM 53(3), 2006 (chains in an order in which a split is one
 * cut); S. Heller et al., "A Lazy Concurrent List-Based Set Algorithm", OPODIS 2005 (search without
 * a lock beside writers with one).
 */
final class SessionTable<A> {
    /*
     * Overview. A reader without a lock must not miss a session that is in the table all the while,
     * although writers link, unlink and split around it. Copying nodes is out (the session is the
     * node), and so is rehashing the whole table under the lock. Hence chains in split order:
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
     * Split order. Of two hashes the one with a 0 in the lowest bit in which they differ comes
     * first: the order of the bit-reversed hashes. Whatever number of low bits chooses the bucket,
     * those that the next bit sends to the new bucket are the tail of the chain. The hash is a
     * bijection of the id, so no two ids of a table have equal hashes.
     *
     * Invariants, with the lock held.
     * T1  Every live session of the shard is in the chain of bucket(hash, buckets), once.
     * T2  Chains are in split order.
     * T3  A session's next is never changed after its unlinking: a reader that stands on it walks on
     *     into the chain it was part of.
     * T4  The bucket count never shrinks, so bucket(hash, buckets) never returns to a former value.
     *
     * Why a reader may answer "absent". Let session z be in the table from before the call to after
     * it. By T3 and the lazy-list argument the reader's walk passes z unless a split cut z off
     * behind it; the cut is written after `buckets`, so the reader that saw the cut sees the new
     * count, finds (T4) another bucket and goes there. If instead the reader meets an ended session
     * with its id, the id was free at some instant after the call began: between that end and the
     * next create of the id, which comes after the unlinking, and the ended session was still linked
     * (or linked when the walk left the chain) after the call began.
     *
     * Linearization.
     *     insert      | the write of the predecessor's next or the head | readers follow only that
     *     remove      | none of its own: the session's ENDED is the point, see Shard
     *     find, hit   | its read of the state word | no earlier: it might have ended before the call
     *     find, miss  | an instant without the id, as above
     *
     * Ordering (field | reader | writer | reason).
     *     head, next    | volatile | release  | publishes the session; the lock's release, a volatile
     *                   |          |          | write, follows and orders a later lookup of another id
     *     buckets       | volatile | volatile | see the cut above: StressFile index.LookupVsTableGrowth
     *     directory     | plain    | before buckets | an older one is read only with an older count
     *     segment       | acquire  | release  | the first one is copied while it is small. A reader of
     *                   |          |          | the former copy misses only what is linked at a head
     *                   |          |          | after its call began
     *
     * Progress. find is wait-free but for growth: it repeats at most once per doubling of the table.
     *
     * Not done: shrinking (T4 carries the proof); a second attempt would cost every reader a check.
     * Unlinked sessions keep their next (T3), so an application that holds on to an ended session may
     * hold on to a few of its ended neighbours.
     */

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Session[].class);
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Session[][].class);
    private static final VarHandle SIZE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "size", VarHandle.class, SessionTable.class, int.class);

    /** Split when there are more sessions than this part of the buckets, in quarters. */
    private static final int LOAD_QUARTERS = 3;

    private Session<?>[][] directory = {new Session<?>[Segments.FIRST_LENGTH]};
    private volatile int buckets = Segments.FIRST_LENGTH;
    /** Opaque, so that a reader without the lock sees it change. */
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

    /** Whether there is a session with this id. Unlike find() for writers, who can rely on the order. */
    boolean contains(long id, long hash) {
        Session<?> session = head(bucket(hash, buckets));
        while (session != null && session.id != id && before(session.hash(), hash)) {
            session = session.next;
        }
        return session != null && session.id == id;
    }

    /** Makes sure that the next {@link #insert} needs no memory. If this fails nothing has changed. */
    void reserve() {
        // An insert makes at most two buckets, the second of which may open a segment.
        int last = buckets + 1;
        int segment = Segments.segment(last);
        if (segment >= directory.length) {
            Session<?>[][] larger = Arrays.copyOf(directory, segment + 1);
            larger[segment] = new Session<?>[Segments.LENGTH];
            directory = larger;
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

    /** The number of sessions. Exact with the lock held, else a value it had of late. */
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
        return (Session<?>[]) SEGMENT.getAcquire(directory, Segments.segment(bucket));
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
