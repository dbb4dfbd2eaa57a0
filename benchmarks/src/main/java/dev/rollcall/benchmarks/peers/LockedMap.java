package dev.rollcall.benchmarks.peers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Janus' shape: one hash table under one lock, which the watchdog and the loss of a transport scan
 * from end to end. The count is the table's size, so it is exact.
 */
final class LockedMap implements Peer {
    private final Map<Long, Entry> map = new HashMap<>();
    private final LongSupplier ids = Ids.cheap();
    private final PeerTime time;
    private final long timeoutNanos;

    LockedMap(PeerOptions options) {
        this.time = options.time();
        this.timeoutNanos = options.sessionTimeout().toNanos();
    }

    @Override
    public IdClient connect(String name, int seats) {
        return new LockedClient(seats);
    }

    @Override
    public long count() {
        synchronized (map) {
            return map.size();
        }
    }

    /** The watchdog. */
    @Override
    public void sweep() {
        long now = time.nanos();
        synchronized (map) {
            map.values().removeIf(entry -> now - entry.lastActivityNanos >= timeoutNanos);
        }
    }

    @Override
    public void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public void close() {
        synchronized (map) {
            map.clear();
        }
    }

    private final class LockedClient extends IdClient implements Owner {
        LockedClient(int seats) {
            super(seats);
        }

        @Override
        long create() {
            Entry entry = new Entry(this, time.nanos());
            while (true) {
                long id = ids.getAsLong();
                synchronized (map) {
                    if (map.putIfAbsent(id, entry) == null) {
                        return id;
                    }
                }
            }
        }

        @Override
        boolean destroy(long id) {
            synchronized (map) {
                return map.remove(id) != null;
            }
        }

        @Override
        boolean keepAlive(long id) {
            synchronized (map) {
                Entry entry = map.get(id);
                if (entry == null) {
                    return false;
                }
                entry.lastActivityNanos = time.nanos();
                return true;
            }
        }

        @Override
        public boolean claim(int seat, Owner to) {
            synchronized (map) {
                Entry entry = map.get(id(seat));
                if (entry == null) {
                    return false;
                }
                entry.owner = (LockedClient) to;
                entry.lastActivityNanos = time.nanos();
                return true;
            }
        }

        @Override
        public void gone() {
            synchronized (map) {
                map.values().removeIf(entry -> entry.owner == this);
            }
        }
    }

    /** Guarded by the map's monitor. */
    private static final class Entry {
        private LockedClient owner;
        private long lastActivityNanos;

        Entry(LockedClient owner, long nowNanos) {
            this.owner = owner;
            this.lastActivityNanos = nowNanos;
        }
    }
}
