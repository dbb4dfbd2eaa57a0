package dev.rollcall.benchmarks.peers;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Janus' shape: one hash table under one lock. The count is the table's size, so it is exact. */
final class LockedMap implements Peer, Peer.Client {
    private final Map<Long, Entry> map = new HashMap<>();
    private final LongSupplier ids = Ids.cheap();

    @Override
    public Client connect(String name) {
        return this;
    }

    @Override
    public long create() {
        Entry entry = new Entry();
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
    public boolean destroy(long id) {
        synchronized (map) {
            return map.remove(id) != null;
        }
    }

    @Override
    public boolean keepAlive(long id) {
        synchronized (map) {
            Entry entry = map.get(id);
            if (entry == null) {
                return false;
            }
            entry.lastActivityNanos = System.nanoTime();
            return true;
        }
    }

    @Override
    public long count() {
        synchronized (map) {
            return map.size();
        }
    }

    @Override
    public void close() {
        synchronized (map) {
            map.clear();
        }
    }

    private static final class Entry {
        /** Guarded by the map's monitor. */
        long lastActivityNanos;
    }
}
