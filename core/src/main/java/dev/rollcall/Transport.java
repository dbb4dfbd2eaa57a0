package dev.rollcall;

import dev.rollcall.slots.SlotLists;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;

/**
 * A connection that carries sessions: a WebSocket with one, an HTTP client with a few, a gateway
 * with a hundred thousand. Opened by {@link SessionManager#openTransport}; OPEN until {@link #gone},
 * then GONE for ever. All methods are thread-safe.
 *
 * <p>The manager keeps no list of transports: one without sessions that the application forgets is
 * garbage.
 *
 * @param <A> the type of the sessions' attachments
 */
public final class Transport<A> {
    /*
     * Each shard keeps the list of its own sessions on this transport, under its own lock; this
     * object only holds the lists' heads and lengths. So attaching needs no second lock, and gone()
     * is: say so, then visit every shard. A create or claim that read "open" in a shard's critical
     * section is in that shard's list before gone() can look (G5).
     *
     * Heads and lengths lie in chunks of eight shards, one cache line each, made when first needed:
     * a transport with one session on a machine with many shards needs one chunk.
     */
    private static final int CHUNK_BITS = 3;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final VarHandle GONE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "gone", VarHandle.class, Transport.class, boolean.class);
    private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(int[][].class);

    final SessionManager<A> manager;
    private final String name;
    private final Object attachment;

    /** Volatile: written before the shards' stamps are read, read inside their critical sections. */
    private volatile boolean gone;

    /** Per shard a head and a length, confined to that shard's lock. */
    private final int[][] chunks;

    Transport(SessionManager<A> manager, int shards, String name, Object attachment) {
        this.manager = manager;
        this.name = Objects.requireNonNull(name, "transport name");
        this.attachment = attachment;
        this.chunks = new int[(shards + CHUNK - 1) >>> CHUNK_BITS][];
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
     * Whether {@link #gone} was called.
     *
     * @return true from the beginning of that call on
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
     * <p>Costs O(shards + its own sessions), in bounded batches per shard.
     *
     * @return true if this call was the first
     */
    public boolean gone() {
        // Before anything changes: a ticker that throws must not leave the work half done.
        long lossQuanta = manager.shards.nowQuanta();
        boolean first = GONE.compareAndSet(this, false, true);
        manager.shards.lose(this, lossQuanta);
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
     * list once; one that is attached or leaves meanwhile may or may not be. Costs O(shards + its own
     * sessions), in bounded batches.
     *
     * @return a list of its own
     */
    public List<Session<A>> sessions() {
        return manager.shards.sessions(this);
    }

    /** Name and state, without the attachment; O(1). */
    @Override
    public String toString() {
        return "transport " + name + (gone ? " (GONE)" : " (OPEN)");
    }

    /** The first slot of a shard's list. With its lock, or validated by its stamp. */
    int head(int shard) {
        int[] chunk = chunk(shard);
        return chunk == null ? SlotLists.NIL : chunk[headOf(shard)];
    }

    /** The length of a shard's list. With its lock, or validated by its stamp. */
    int length(int shard) {
        int[] chunk = chunk(shard);
        return chunk == null ? 0 : chunk[headOf(shard) + 1];
    }

    /** Makes sure that the next {@link #attach} needs no memory. If this fails nothing has changed. */
    void reserve(int shard) {
        if (chunk(shard) == null) {
            // Another shard of the chunk may be making it too: one wins.
            CHUNKS.compareAndSet(chunks, shard >>> CHUNK_BITS, null, new int[2 * CHUNK]);
        }
    }

    /** Puts a slot into a shard's list. With its lock. */
    void attach(int shard, int slot, SlotLists lists) {
        int[] chunk = chunk(shard);
        int head = headOf(shard);
        lists.push(SlotLists.PEERS, slot, chunk[head], SlotLists.NIL);
        chunk[head] = slot;
        chunk[head + 1]++;
    }

    /** Takes a slot out of a shard's list. With its lock. */
    void detach(int shard, int slot, SlotLists lists) {
        int[] chunk = chunk(shard);
        int head = headOf(shard);
        if (chunk[head] == slot) {
            chunk[head] = lists.next(SlotLists.PEERS, slot);
        }
        lists.unlink(SlotLists.PEERS, slot);
        chunk[head + 1]--;
    }

    private int[] chunk(int shard) {
        return (int[]) CHUNKS.getVolatile(chunks, shard >>> CHUNK_BITS);
    }

    private static int headOf(int shard) {
        return 2 * (shard & CHUNK - 1);
    }
}
