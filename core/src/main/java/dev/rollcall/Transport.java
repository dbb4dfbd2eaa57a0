package dev.rollcall;

import dev.rollcall.slots.SlotLists;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;

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
     * Overview. Each shard keeps the list of its own sessions on this transport, under its own lock;
     * this object only holds the lists' heads and lengths. So attaching needs no second lock (D-3).
     * Most transports carry a single session, and that one needs no list: its shard and slot are in
     * `sole`. Lists are made for the second session, in chunks of eight shards, one cache line each.
     *
     *     create, claim, in the section of shard s:   gone(), close():
     *         reserve: sole = (s, no slot), or            gone = true
     *                  make the chunk of s                visit the shard in sole, and
     *         refuse if gone                              every shard whose chunk is there
     *         attach
     *
     * Why gone() may skip all other shards (G5). All of these are volatile accesses, in one total
     * order. If a section read "not gone", its reservation came before gone() looked, so gone()
     * visits its shard; there it waits for the section and finds the session. A section that reads
     * "gone" refuses.
     *
     * Invariants, with the lock of shard s held.
     * M1  sole is free, or reserved or occupied for one shard. Only sections of that shard change it,
     *     but any section may take it while it is free.
     * M2  A session attached in s is in sole or in the list of s, never in both.
     */
    private static final int CHUNK_BITS = 3;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final long FREE = 0;
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final VarHandle GONE =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "gone", VarHandle.class, Transport.class, boolean.class);
    private static final VarHandle SOLE =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "sole", VarHandle.class, Transport.class, long.class);
    private static final VarHandle CHUNKS =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "chunks", VarHandle.class, Transport.class, int[][].class);
    private static final VarHandle CHUNK_AT = MethodHandles.arrayElementVarHandle(int[][].class);

    final SessionManager<A> manager;
    private final String name;
    private final Object attachment;

    /** Volatile: see the overview. */
    private volatile boolean gone;

    /** The place of one session without a list: 1 + its shard, then 32 bits for its slot; or FREE. */
    private volatile long sole;

    /** Per shard a head and a length, confined to that shard's lock; null until first needed. */
    private volatile int[][] chunks;

    Transport(SessionManager<A> manager, String name, Object attachment) {
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
    public <T> T attachment(Class<T> type) {
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
     * G5): those either came first and are detached or ended too, or are refused.
     *
     * <p>Costs O(its own sessions), in bounded batches for each shard. If the call fails, for lack of
     * memory say, call it again: it then finishes the work.
     *
     * @return true if this call was the first of this method and {@link #close}
     */
    public boolean gone() {
        // Read before anything changes: a ticker that throws must not leave the work half done.
        long lossQuanta = manager.shards.nowQuanta();
        boolean first = GONE.compareAndSet(this, false, true);
        manager.shards.lose(this, lossQuanta, null);
        return first;
    }

    /**
     * The connection was closed in an orderly way, at a logout say: every session it owns ends at
     * once with cause {@link EndCause#TRANSPORT_CLOSED}, whatever its reclaim timeout. In all else
     * this is the same as {@link #gone}. Sessions that an earlier {@code gone()} detached keep their
     * grace.
     *
     * @return true if this call was the first of this method and {@link #gone}
     */
    public boolean close() {
        long nowQuanta = manager.shards.nowQuanta();
        boolean first = GONE.compareAndSet(this, false, true);
        manager.shards.lose(this, nowQuanta, EndCause.TRANSPORT_CLOSED);
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
        long place = sole;
        if (place == reserved(shard)
                || chunk(shard) != null
                || (place == FREE && SOLE.compareAndSet(this, FREE, reserved(shard)))) {
            return;
        }
        int[][] present = chunks;
        if (present == null) {
            int[][] made = new int[(manager.shards.size() + CHUNK - 1) >>> CHUNK_BITS][];
            present = (int[][]) CHUNKS.compareAndExchange(this, null, made);
            present = present == null ? made : present;
        }
        // Another shard of the chunk may be making it too: one wins.
        CHUNK_AT.compareAndSet(present, shard >>> CHUNK_BITS, null, new int[2 * CHUNK]);
    }

    /** Gives an unused reservation back. With the shard's lock. */
    void release(int shard) {
        if (sole == reserved(shard)) {
            sole = FREE;
        }
    }

    /** Puts a session's slot on this transport. With the shard's lock, after {@link #reserve}. */
    void attach(int shard, int slot, SlotLists lists) {
        if (sole == reserved(shard)) {
            sole = reserved(shard) | slot;
            return;
        }
        int[] chunk = chunk(shard);
        int head = headOf(shard);
        lists.push(SlotLists.PEERS, slot, chunk[head], SlotLists.NIL);
        chunk[head] = slot;
        chunk[head + 1]++;
    }

    /** Takes a session's slot off this transport. With the shard's lock. */
    void detach(int shard, int slot, SlotLists lists) {
        if (sole == (reserved(shard) | slot)) {
            sole = FREE;
            return;
        }
        int[] chunk = chunk(shard);
        int head = headOf(shard);
        if (chunk[head] == slot) {
            chunk[head] = lists.next(SlotLists.PEERS, slot);
        }
        lists.unlink(SlotLists.PEERS, slot);
        chunk[head + 1]--;
    }

    /** A shard's session that has no list, or NIL. With the shard's lock, or validated by its stamp. */
    int sole(int shard) {
        long place = sole;
        return shardOf(place) == shard ? (int) place : SlotLists.NIL;
    }

    /** The head of a shard's list. With its lock, or validated by its stamp. */
    int head(int shard) {
        int[] chunk = chunk(shard);
        return chunk == null ? SlotLists.NIL : chunk[headOf(shard)];
    }

    /** Any of a shard's sessions, or NIL. With its lock, or validated by its stamp. */
    int any(int shard) {
        int slot = sole(shard);
        return slot != SlotLists.NIL ? slot : head(shard);
    }

    /** How many sessions of a shard are on this transport. With its lock, or validated by its stamp. */
    int length(int shard) {
        int[] chunk = chunk(shard);
        int listed = chunk == null ? 0 : chunk[headOf(shard) + 1];
        return sole(shard) == SlotLists.NIL ? listed : listed + 1;
    }

    /** Whether a slot is where it should be, seen from both sides of each link. With the shard's lock. */
    boolean holds(int shard, int slot, SlotLists lists) {
        if (sole(shard) == slot) {
            return true;
        }
        int prev = lists.prev(SlotLists.PEERS, slot);
        int next = lists.next(SlotLists.PEERS, slot);
        int fromPrev = prev == SlotLists.NIL ? head(shard) : lists.next(SlotLists.PEERS, prev);
        return fromPrev == slot && (next == SlotLists.NIL || lists.prev(SlotLists.PEERS, next) == slot);
    }

    /** What to do with a shard. */
    @FunctionalInterface
    interface ShardAction {
        void visit(int shard);
    }

    /** Visits every shard that may have sessions on this transport. Takes no lock itself. */
    void forEachShard(ShardAction action) {
        int first = shardOf(sole);
        if (first >= 0) {
            action.visit(first);
        }
        int[][] present = chunks;
        if (present == null) {
            return;
        }
        int shards = manager.shards.size();
        for (int chunk = 0; chunk < present.length; chunk++) {
            if (CHUNK_AT.getVolatile(present, chunk) != null) {
                int end = Math.min(shards, (chunk + 1) << CHUNK_BITS);
                for (int shard = chunk << CHUNK_BITS; shard < end; shard++) {
                    action.visit(shard);
                }
            }
        }
    }

    private static long reserved(int shard) {
        return (shard + 1L) << Integer.SIZE;
    }

    /** The shard of a place, or -1 if the place is free. */
    private static int shardOf(long place) {
        return (int) (place >>> Integer.SIZE) - 1;
    }

    private int[] chunk(int shard) {
        int[][] present = chunks;
        return present == null ? null : (int[]) CHUNK_AT.getVolatile(present, shard >>> CHUNK_BITS);
    }

    private static int headOf(int shard) {
        return 2 * (shard & CHUNK - 1);
    }
}
