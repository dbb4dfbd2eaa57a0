package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on the length of a queue of sessions in order of creation, from which a destroyed session
 * is not removed: its place never becomes free again (UNDERTOW-1331).
 */
public final class UntrimmedQueue {
    private final long max;
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong length = new AtomicLong();

    /** No sessions, and at most so many at once. */
    public UntrimmedQueue(long max) {
        this.max = max;
    }

    /** Creates a session; false if the limit is reached. */
    public boolean tryCreate(long id) {
        if (length.incrementAndGet() > max) {
            length.decrementAndGet();
            return false;
        }
        queue.add(id);
        table.put(id, id);
        return true;
    }

    /** Ends a session. */
    public void destroy(long id) {
        table.remove(id);
    }
}
