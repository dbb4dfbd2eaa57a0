package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions as records of a store: an operation reads the record, changes its copy and puts that
 * back, whatever has become of the record meanwhile (vertx-web #1748: a put after a check of the
 * version; spring-framework #36742 and UNDERTOW-2147: what has ended or moved is put back as it was).
 */
public final class SavedSessions {
    private record Saved(long id, String owner, long lastActivity) {}

    private final ConcurrentHashMap<Long, Saved> store = new ConcurrentHashMap<>();

    /** Creates a session on A, active at hour 0. */
    public void create(long id) {
        store.put(id, new Saved(id, "A", 0));
    }

    /** Whether the caller is told that the session lives on. */
    public boolean keepAlive(long id, long now) {
        Saved read = store.get(id);
        if (read == null) {
            return false;
        }
        store.put(id, new Saved(id, read.owner(), Math.max(read.lastActivity(), now)));
        return true;
    }

    /** Whether the caller is told that the session is now on B. */
    public boolean claim(long id, long now) {
        Saved read = store.get(id);
        if (read == null) {
            return false;
        }
        store.put(id, new Saved(id, "B", Math.max(read.lastActivity(), now)));
        return true;
    }

    /** Ends every session. */
    public void close() {
        store.clear();
    }

    /** The owner, or null if there is no such session. */
    public String owner(long id) {
        Saved read = store.get(id);
        return read == null ? null : read.owner();
    }
}
