package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What most code has that keeps sessions: a {@link ConcurrentHashMap}, the time of each session's last activity, and a
 * number beside the map, which whoever added or removed a session moves.
 */
abstract class CountedMap implements SessionSubject, SessionSubject.UniqueIds, SessionSubject.Listing {
    private static final long TIMEOUT_NANOS = Duration.ofHours(1).toNanos();

    /** The sessions. */
    final ConcurrentMap<String, Entry> map = new ConcurrentHashMap<>();

    private final AtomicLong nanos = new AtomicLong();

    /** A session. */
    static final class Entry {
        private volatile long lastActivityNanos;

        Entry(long now) {
            lastActivityNanos = now;
        }
    }

    /** A session was added. */
    abstract void added();

    /** A session was removed. */
    abstract void removed();

    @Override
    public final String create() {
        String id;
        do {
            id = Ids.next();
        } while (create(id) == Answer.NO);
        return id;
    }

    @Override
    public final Answer create(String id) {
        if (map.putIfAbsent(id, new Entry(nanos.get())) != null) {
            return Answer.NO;
        }
        added();
        return Answer.YES;
    }

    @Override
    public final Answer destroy(String id) {
        if (map.remove(id) == null) {
            return Answer.NO;
        }
        removed();
        return Answer.YES;
    }

    @Override
    public final int sweep() {
        int ended = 0;
        for (var session : map.entrySet()) {
            boolean isDue = nanos.get() - session.getValue().lastActivityNanos >= TIMEOUT_NANOS;
            if (isDue && map.remove(session.getKey(), session.getValue())) {
                removed();
                ended++;
            }
        }
        return ended;
    }

    @Override
    public final Answer keepAlive(String id) {
        Entry session = map.get(id);
        if (session == null) {
            return Answer.NO;
        }
        session.lastActivityNanos = nanos.get();
        return Answer.YES;
    }

    @Override
    public final boolean find(String id) {
        return map.containsKey(id);
    }

    @Override
    public final Collection<String> list() {
        return List.copyOf(map.keySet());
    }

    @Override
    public final void makeDue(String id) {
        nanos.addAndGet(TIMEOUT_NANOS);
    }
}
