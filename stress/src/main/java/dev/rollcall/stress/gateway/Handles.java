package dev.rollcall.stress.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What the gateway attaches to a session: its handles on plugins. Thread-safe. */
public final class Handles {
    private static final long MOST_ID = 1L << 53;

    /** How many a session may have: each stays until its client detaches it. */
    private static final int MOST = 64;

    /** Null as long as there is none, as in most sessions. */
    private Map<Long, Handle> handles;

    private boolean hasOwnTimeout;

    /**
     * A handle.
     *
     * @param id unique within its session
     * @param plugin the plugin's name
     * @param opaqueId the client's own name for it, or null
     * @param createdMicros when it was attached, by the monotonic clock
     */
    record Handle(long id, String plugin, String opaqueId, long createdMicros) {}

    /** Null if the session has as many as it may. */
    synchronized Handle attach(String plugin, String opaqueId) {
        if (handles == null) {
            handles = new TreeMap<>();
        }
        if (handles.size() == MOST) {
            return null;
        }
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong(1, MOST_ID);
        } while (handles.containsKey(id));
        Handle handle = new Handle(id, plugin, opaqueId, TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        handles.put(id, handle);
        return handle;
    }

    /** Null if there is none. */
    synchronized Handle get(long id) {
        return handles == null ? null : handles.get(id);
    }

    synchronized boolean detach(long id) {
        return handles != null && handles.remove(id) != null;
    }

    synchronized List<Long> ids() {
        return handles == null ? List.of() : new ArrayList<>(handles.keySet());
    }

    /** Whether the session was given a timeout that the gateway's own no longer changes. */
    synchronized boolean hasOwnTimeout() {
        return hasOwnTimeout;
    }

    synchronized void ownTimeout(boolean isOwn) {
        hasOwnTimeout = isOwn;
    }
}
