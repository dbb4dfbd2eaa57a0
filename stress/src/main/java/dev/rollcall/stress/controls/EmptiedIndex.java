package dev.rollcall.stress.controls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index from transports to their sessions that drops a transport's set when it finds it empty:
 * what was added between the look and the drop is lost (spring-security #19338).
 */
public final class EmptiedIndex {
    private final ConcurrentHashMap<String, Set<Long>> index = new ConcurrentHashMap<>();

    /** Puts a session into its transport's set. */
    public void create(String transport, long id) {
        index.computeIfAbsent(transport, name -> ConcurrentHashMap.newKeySet()).add(id);
    }

    /** Takes a session out of its transport's set. */
    public void destroy(String transport, long id) {
        Set<Long> sessions = index.get(transport);
        if (sessions != null) {
            sessions.remove(id);
            if (sessions.isEmpty()) {
                index.remove(transport);
            }
        }
    }

    /** Whether the transport is said to carry the session. */
    public boolean isOn(String transport, long id) {
        return index.getOrDefault(transport, Set.of()).contains(id);
    }
}
