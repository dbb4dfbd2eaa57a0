package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry whose create asks "is it closed?" and then puts: what is put after close() has emptied
 * the table stays for ever (netty #4020). A second close() returns at once, although the first is
 * still at work.
 */
public final class ClosingGroup {
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Creates a session; false if closed. */
    public boolean create(long id) {
        if (closed) {
            return false;
        }
        table.put(id, id);
        return true;
    }

    /** Ends every session, or leaves that to the call that came first. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        table.clear();
    }

    /** Refuses sessions from now on, but for those that have asked already. */
    public void drain() {
        closed = true;
    }

    /** How many sessions are live. */
    public long live() {
        return table.mappingCount();
    }
}
