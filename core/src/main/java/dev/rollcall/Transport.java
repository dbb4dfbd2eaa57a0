package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries sessions: a WebSocket with one, an HTTP client with a few, a gateway
 * with a hundred thousand. Opened by {@link SessionManager#openTransport} or {@link
 * SessionManager#connect}; OPEN until {@link #gone} or {@link #close}, then GONE for ever. All
 * methods are thread-safe.
 *
 * <p>The manager keeps no list of transports: one without sessions that the application forgets is
 * garbage.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class Transport<A> {
    /*
     * Overview. Each shard keeps the set of its own sessions on this transport, under its own lock
     * (Members); this object only says which shards have one. So attaching needs no second lock
     * (D-3). Most transports carry a single session, and that one needs no set: its shard and the
     * low half of its hash are in `sole`. Sets are made for the second session, one for each shard
     * that has any.
     *
     *     create, claim, in the section of shard s:   gone(), close():
     *         reserve: sole = (s, no hash), or            gone = true
     *                  make the set of s                  visit the shard in sole, and
     *         refuse if gone                              every shard that has a set
     *         attach
     *
     * Why gone() may skip all other shards (G5). All of these are volatile accesses, in one total
     * order. If a section read "not gone", its reservation came before gone() looked, so gone()
     * visits its shard; there it waits for the section and finds the session. A section that reads
     * "gone" refuses.
     *
     * Invariants, with the lock of shard s held.
     * M1  sole is free, or reserved or occupied for one shard. Only sections of that shard change
     *     it, but any section may take it while it is free.
     * M2  A session attached in s is in sole, and then its place is SOLE, or at its place in the
     *     set of s; never in both.
     * M3  A place that is taken notes the low half of its session's hash. Two sessions of a shard
     *     may have that half in common, but they have different places.
     *
     * An empty set is forgotten, so that a transport keeps no memory for sessions that it once had,
     * be it gone, or its manager closed, or neither. G5 still holds: the section that forgets a set
     * has just taken the last session off it, or was refused, and the next section of the shard
     * reserves anew before it looks whether the transport is gone.
     */
    /** The place of a session that is in no set. */
    static final int SOLE = -2;

    private static final int CHUNK_BITS = 3;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final long FREE = 0;
    private static final long OCCUPIED = 1L << 63;
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final VarHandle GONE =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "gone", VarHandle.class, Transport.class, boolean.class);
    private static final VarHandle SOLE_PLACE =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "sole", VarHandle.class, Transport.class, long.class);
    private static final VarHandle CHUNKS =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "chunks", VarHandle.class, Transport.class, Members[][].class);
    private static final VarHandle CHUNK_AT = MethodHandles.arrayElementVarHandle(Members[][].class);
    private static final VarHandle MEMBERS = MethodHandles.arrayElementVarHandle(Members[].class);

    final SessionManager<A> manager;
    private final String name;
    private final @Nullable Object attachment;

    /** Volatile: see the overview. */
    private volatile boolean gone;

    /**
     * One session without a set: 1 + its shard in bits 62..32, the low half of its hash; or FREE.
     */
    private volatile long sole;

    /** Per shard its set, in chunks of one cache line; null until first needed. */
    private volatile @Nullable Members @Nullable [] @Nullable [] chunks;

    Transport(SessionManager<A> manager, String name, @Nullable Object attachment) {
        this.manager = manager;
        this.name = Objects.requireNonNull(name, "transport name");
        this.attachment = attachment;
    }

    /**
     * The name it was opened with.
     *
     * @return the name, for operators
     */
    public String name() {
        return name;
    }

    /**
     * The object it was opened with, say the connection.
     *
     * @param <T> the object's type
     * @param type the object's type
     * @return the object, or {@code null} if there is none
     * @throws ClassCastException if it is not of that type
     */
    public <T> @Nullable T attachment(Class<T> type) {
        return type.cast(attachment);
    }

    /**
     * Whether {@link #gone} or {@link #close} was called.
     *
     * @return true from the beginning of the first such call on
     */
    public boolean isGone() {
        return gone;
    }

    /**
     * The connection is lost. Every session it owns is detached for its reclaim timeout or, if that
     * is zero, ended with cause {@link EndCause#TRANSPORT_GONE}. Once this returned, no session is
     * attached to this transport, ever, not even one whose create or claim was under way (guarantee
     * G5): those either came first and are detached or ended too, or are refused. The grace of all of
     * them begins when this is called, however long listeners hold it up.
     *
     * <p>Costs O(its own sessions), in bounded batches for each shard, plus a look at one entry for
     * each shard if it ever had a second session. If the call fails, for lack of memory
     * say, call it again: it then finishes the work.
     *
     * @return true if this call was the first of this method and {@link #close}
     */
    public boolean gone() {
        return lose(null);
    }

    /**
     * The connection was closed in an orderly way, at a logout say: every session it owns ends at
     * once with cause {@link EndCause#TRANSPORT_CLOSED}, whatever its reclaim timeout. In all else
     * this is the same as {@link #gone}. Sessions that an earlier {@code gone()} detached keep
     * their grace.
     *
     * @return true if this call was the first of this method and {@link #gone}
     */
    public boolean close() {
        return lose(EndCause.TRANSPORT_CLOSED);
    }

    private boolean lose(@Nullable EndCause cause) {
        // Read before anything changes: a ticker that throws must not leave the work half done.
        long nowQuanta = manager.shards.nowQuanta();
        boolean first = GONE.compareAndSet(this, false, true);
        long sessions = manager.shards.lose(this, nowQuanta, cause);
        if (first || sessions != 0) {
            FlightLog.gone(this, cause != null, sessions);
        }
        return first;
    }

    /**
     * The exact number of sessions attached to this transport, at one instant between call and
     * return. Costs O(shards).
     *
     * @return the count
     */
    public long count() {
        return manager.shards.count(this);
    }

    /**
     * The sessions attached to this transport. One that is attached throughout the call is in the
     * list once; one that is attached or leaves meanwhile may or may not be. Costs O(its own
     * sessions), in bounded batches.
     *
     * @return a list of its own
     */
    public List<Session<A>> sessions() {
        return manager.shards.sessions(this);
    }

    /** Name and state, without the attachment. Takes no lock. */
    @Override
    public String toString() {
        return "transport " + name + (gone ? " (GONE)" : " (OPEN)");
    }

    /**
     * Makes sure that the next {@link #attach} in this shard needs no memory, and that from now on
     * gone() visits the shard. With its lock; if this fails nothing has changed that matters.
     */
    void reserve(int shard) {
        Members members = members(shard);
        if (members != null) {
            members.reserve();
            return;
        }
        long place = sole;
        if (place == reserved(shard) || (place == FREE && SOLE_PLACE.compareAndSet(this, FREE, reserved(shard)))) {
            return;
        }
        @Nullable Members @Nullable [] @Nullable [] present = chunks;
        if (present == null) {
            Members[][] made = new Members[(manager.shards.size() + CHUNK - 1) >>> CHUNK_BITS][];
            present = (Members[][]) CHUNKS.compareAndExchange(this, null, made);
            present = present == null ? made : present;
        }
        Members[] chunk = (Members[]) CHUNK_AT.getVolatile(present, shard >>> CHUNK_BITS);
        if (chunk == null) {
            // Another shard of the chunk may be making it too: one wins.
            Members[] made = new Members[CHUNK];
            chunk = (Members[]) CHUNK_AT.compareAndExchange(present, shard >>> CHUNK_BITS, null, made);
            chunk = chunk == null ? made : chunk;
        }
        MEMBERS.setVolatile(chunk, shard & CHUNK - 1, new Members());
    }

    /** Gives an unused reservation back. With the shard's lock. */
    void release(int shard) {
        if (sole == reserved(shard)) {
            sole = FREE;
        } else {
            dropIfEmpty(shard);
        }
    }

    /** Puts a session on this transport. With the shard's lock, after {@link #reserve}. */
    void attach(int shard, Session<A> session, long hash) {
        Members members = members(shard);
        if (members != null) {
            session.place = members.add(hash);
        } else {
            sole = occupied(shard, hash);
            session.place = SOLE;
        }
    }

    /** Takes a session off this transport. With the shard's lock. */
    void detach(int shard, Session<A> session) {
        if (session.place == SOLE) {
            sole = FREE;
        } else {
            Nulls.certain(members(shard)).remove(session.place); // M2
            dropIfEmpty(shard);
        }
    }

    /** Forgets a set that nobody is in. With the shard's lock. */
    private void dropIfEmpty(int shard) {
        Members members = members(shard);
        if (members != null && members.size() == 0) {
            Members[] chunk = (Members[]) CHUNK_AT.getAcquire(chunks, shard >>> CHUNK_BITS);
            MEMBERS.setVolatile(chunk, shard & CHUNK - 1, (Members) null); // else it is a call of another kind
        }
    }

    /**
     * The first of a shard's sessions from a place on, in order of places, or null. With the
     * shard's lock.
     *
     * @param from a place; the first one is {@link #SOLE}
     */
    @Nullable
    Session<A> next(Shard<A> shard, int from) {
        long only = sole;
        if (from == SOLE && isOccupied(only, shard.index)) {
            return find(shard, SOLE, (int) only);
        }
        Members members = members(shard.index);
        if (members == null) {
            return null;
        }
        int place = members.next(Math.max(from, 0));
        return place == Members.NONE ? null : find(shard, place, members.hash(place));
    }

    /** The session at a place that is taken, which by S3 is in the chain of its hash. */
    private Session<A> find(Shard<A> shard, int place, int hash) {
        Session<A> session = Nulls.certain(shard.head(shard.bucketOf(hash)));
        while (session.place != place || session.owner() != this) {
            session = Nulls.certain(shard.after(session));
        }
        return session;
    }

    /**
     * How many sessions of a shard are on this transport. With its lock, or validated by its stamp.
     */
    int size(int shard) {
        Members members = members(shard);
        int size = members == null ? 0 : members.size();
        return isOccupied(sole, shard) ? size + 1 : size;
    }

    /** Whether a session is where it should be. With the shard's lock. */
    boolean holds(int shard, Session<A> session) {
        long hash = session.hash();
        if (session.place == SOLE) {
            return sole == occupied(shard, hash);
        }
        Members members = members(shard);
        return members != null && members.holds(session.place, hash);
    }

    /** What to do with a shard; gives a number, of sessions say. */
    @FunctionalInterface
    interface ShardAction {
        long visit(int shard);
    }

    /**
     * Visits every shard that may have sessions on this transport, and returns the sum of what the
     * visits gave. Takes no lock itself.
     */
    long forEachShard(ShardAction action) {
        int first = shardOf(sole);
        long sum = first >= 0 ? action.visit(first) : 0;
        @Nullable Members @Nullable [] @Nullable [] present = chunks;
        if (present == null) {
            return sum;
        }
        int shards = manager.shards.size();
        for (int shard = 0; shard < shards; shard++) {
            if (CHUNK_AT.getVolatile(present, shard >>> CHUNK_BITS) == null) {
                shard |= CHUNK - 1;
            } else if (shard != first && hasSet(present, shard)) {
                sum += action.visit(shard);
            }
        }
        return sum;
    }

    private static long reserved(int shard) {
        return (shard + 1L) << Integer.SIZE;
    }

    private static long occupied(int shard, long hash) {
        return OCCUPIED | reserved(shard) | (hash & 0xffffffffL);
    }

    private static boolean isOccupied(long place, int shard) {
        return place < 0 && shardOf(place) == shard;
    }

    /** The shard of a place, or -1 if the place is free. */
    private static int shardOf(long place) {
        return (int) ((place & ~OCCUPIED) >>> Integer.SIZE) - 1;
    }

    private static boolean hasSet(@Nullable Members[] @Nullable [] present, int shard) {
        Members[] chunk = (Members[]) CHUNK_AT.getVolatile(present, shard >>> CHUNK_BITS);
        return MEMBERS.getVolatile(chunk, shard & CHUNK - 1) != null;
    }

    /**
     * A shard's set, or null. With its lock, or validated by its stamp: only sections of the shard
     * make it and forget it.
     */
    private @Nullable Members members(int shard) {
        @Nullable Members @Nullable [] @Nullable [] present = chunks;
        if (present == null) {
            return null;
        }
        Members[] chunk = (Members[]) CHUNK_AT.getAcquire(present, shard >>> CHUNK_BITS);
        return chunk == null ? null : (Members) MEMBERS.getAcquire(chunk, shard & CHUNK - 1);
    }
}
