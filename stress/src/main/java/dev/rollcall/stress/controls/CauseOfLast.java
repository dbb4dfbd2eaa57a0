package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A table whose removal decides who ended the session, and a cause that is written down before it by
 * whoever tries: the loser's cause may stand for the winner's end (caffeine #412: an explicit removal
 * that races expiry is reported with the wrong cause).
 */
public final class CauseOfLast {
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();
    private volatile Object cause;

    /** One live session. */
    public CauseOfLast(long id) {
        table.put(id, id);
    }

    /** Ends the session for this cause; whether this call did it. */
    public boolean end(long id, Object why) {
        if (!table.containsKey(id)) {
            return false;
        }
        cause = why;
        return table.remove(id) != null;
    }

    /** Why the session ended, or null. */
    public Object cause() {
        return cause;
    }
}
