package dev.rollcall.benchmarks.peers;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The floor: a {@link ConcurrentHashMap} with a number beside it, and nothing of what makes a
 * session manager: no timeout, no transport, no cause, no event.
 */
final class BareMap implements Peer, Peer.Client {
    private final ConcurrentHashMap<Long, Entry> map = new ConcurrentHashMap<>();
    private final AtomicLong live;
    private final ToLongFunction<BareMap> counting;
    private final LongSupplier ids = Ids.cheap();

    private BareMap(AtomicLong live, ToLongFunction<BareMap> counting) {
        this.live = live;
        this.counting = counting;
    }

    /** With an {@link AtomicLong} beside the table. */
    static BareMap withNumber() {
        return new BareMap(new AtomicLong(), bare -> bare.live.get());
    }

    /** With no number: the count is the table's own estimate. */
    static BareMap asked() {
        return new BareMap(null, bare -> bare.map.mappingCount());
    }

    @Override
    public Client connect(String name) {
        return this;
    }

    @Override
    public long create() {
        Entry entry = new Entry();
        long id = ids.getAsLong();
        while (map.putIfAbsent(id, entry) != null) {
            id = ids.getAsLong();
        }
        if (live != null) {
            live.incrementAndGet();
        }
        return id;
    }

    @Override
    public boolean destroy(long id) {
        if (map.remove(id) == null) {
            return false;
        }
        if (live != null) {
            live.decrementAndGet();
        }
        return true;
    }

    @Override
    public boolean keepAlive(long id) {
        Entry entry = map.get(id);
        if (entry == null) {
            return false;
        }
        entry.lastActivityNanos = System.nanoTime();
        return true;
    }

    @Override
    public long count() {
        return counting.applyAsLong(this);
    }

    @Override
    public void close() {
        map.clear();
    }

    private static final class Entry {
        volatile long lastActivityNanos;
    }
}
