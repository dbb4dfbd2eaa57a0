package dev.rollcall.benchmarks.peers;

import dev.rollcall.BenchmarkAccess;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * A baseline: a {@link ConcurrentHashMap} with a number beside it, and nothing of what makes a
 * session manager: no timeout, no transport, no cause, no event.
 */
final class BareMap implements Peer {
    private final ConcurrentHashMap<Long, Entry> map = new ConcurrentHashMap<>();
    private final AtomicLong live;
    private final ToLongFunction<BareMap> counting;
    private final LongSupplier ids = Ids.cheap();

    private final boolean skips;

    private BareMap(AtomicLong live, ToLongFunction<BareMap> counting, boolean skips) {
        this.live = live;
        this.counting = counting;
        this.skips = skips;
    }

    /** With an {@link AtomicLong} beside the table. */
    static BareMap withNumber() {
        return new BareMap(new AtomicLong(), bare -> bare.live.get(), false);
    }

    /**
     * The same, whose keepalives write only if there is no activity on record in the present unit of the manager's
     * time: as seldom as the manager's own.
     */
    static BareMap thatSkips() {
        return new BareMap(new AtomicLong(), bare -> bare.live.get(), true);
    }

    /** With no number: the count is the table's own estimate. */
    static BareMap asked() {
        return new BareMap(null, bare -> bare.map.mappingCount(), false);
    }

    @Override
    public Client connect(String name, int seats) {
        return new IdClient(seats) {
            @Override
            long create() {
                return createEntry().id;
            }

            @Override
            boolean destroy(long id) {
                return BareMap.this.destroy(id);
            }

            @Override
            boolean keepAlive(long id) {
                Entry entry = map.get(id);
                return entry != null && entry.keepAlive(skips);
            }
        };
    }

    /** A handle is no more than the entry: it does not know whether it is still in the map. */
    @Override
    public Client connectByHandle(String name, int seats) {
        return new KeyClient<Entry>(seats) {
            @Override
            Entry create() {
                return createEntry();
            }

            @Override
            boolean destroy(Entry entry) {
                return BareMap.this.destroy(entry.id);
            }

            @Override
            boolean keepAlive(Entry entry) {
                return entry.keepAlive(skips);
            }
        };
    }

    private Entry createEntry() {
        Entry entry = new Entry(ids.getAsLong());
        while (map.putIfAbsent(entry.id, entry) != null) {
            entry = new Entry(ids.getAsLong());
        }
        if (live != null) {
            live.incrementAndGet();
        }
        return entry;
    }

    private boolean destroy(long id) {
        if (map.remove(id) == null) {
            return false;
        }
        if (live != null) {
            live.decrementAndGet();
        }
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

    static final class Entry {
        private final long id;
        /** Written for what the write costs. */
        volatile long lastActivityNanos;

        Entry(long id) {
            this.id = id;
        }

        boolean keepAlive(boolean skips) {
            long now = System.nanoTime();
            if (!skips || !BenchmarkAccess.isSameUnit(now, lastActivityNanos)) {
                lastActivityNanos = now;
            }
            return true;
        }
    }
}
