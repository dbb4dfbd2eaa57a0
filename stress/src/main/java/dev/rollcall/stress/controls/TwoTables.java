package dev.rollcall.stress.controls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attached and detached sessions in a table each. A session that loses its transport is taken out of
 * one and then put into the other; in between it is in neither. Figures are the tables' sizes, read
 * one after the other (emqx #18442), and a close() that comes in between misses the session (netty
 * #4020; cometd #1716: never swept).
 */
public final class TwoTables {
    private final Set<Long> attached = ConcurrentHashMap.newKeySet();
    private final Set<Long> detached = ConcurrentHashMap.newKeySet();

    /** Creates a session. */
    public void create(long id) {
        attached.add(id);
    }

    /** A session's transport is gone. */
    public void detach(long id) {
        if (attached.remove(id)) {
            detached.add(id);
        }
    }

    /** Ends every session that is found in a table. */
    public void close() {
        detached.clear();
        attached.clear();
    }

    /** How many sessions are attached. */
    public long attached() {
        return attached.size();
    }

    /** How many sessions are detached. */
    public long detached() {
        return detached.size();
    }
}
