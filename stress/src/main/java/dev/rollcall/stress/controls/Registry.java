package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry whose handles end their session by its id, not by its identity: once the id is used
 * again, a stale handle removes the successor (agent-portal #1256, fluxmq PR #597; Openfire PR #2085
 * and infinispan ISPN-9514 likewise).
 */
public final class Registry {
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();

    /** Creates a session; true unless the id is taken. */
    public boolean create(long id) {
        return table.putIfAbsent(id, new Object()) == null;
    }

    /** What every handle with this id does to end its session. */
    public boolean destroy(long id) {
        return table.remove(id) != null;
    }

    /** Whether a lookup finds the id. */
    public boolean find(long id) {
        return table.containsKey(id);
    }
}
