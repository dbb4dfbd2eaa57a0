package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A create that puts the session into the table before it has set when it was last active: the
 * reaper sees an age-old session and ends it (OpenLiberty #35814), and a keepalive that finds it
 * meanwhile is overwritten.
 */
public final class EarlyPublish {
    private static final class Entry {
        volatile long lastActivity;
    }

    private final AtomicLong number = new AtomicLong();
    private final ConcurrentHashMap<Long, Entry> table = new ConcurrentHashMap<>();

    /** Creates a session. */
    public void create(long id, long now) {
        Entry entry = new Entry();
        table.put(id, entry);
        number.incrementAndGet();
        entry.lastActivity = now;
    }

    /** Whether a keepalive found the session. */
    public boolean keepAlive(long id, long now) {
        Entry entry = table.get(id);
        if (entry == null) {
            return false;
        }
        entry.lastActivity = now;
        return true;
    }

    /** Whether a lookup finds the id. */
    public boolean find(long id) {
        return table.containsKey(id);
    }

    /** The reaper; whether it ended the session. */
    public boolean sweep(long id, long now, long timeout) {
        Entry entry = table.get(id);
        return entry != null && now - entry.lastActivity >= timeout && table.remove(id, entry);
    }
}
