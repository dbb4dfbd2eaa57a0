package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions by the rules of Janus Gateway 1.4, as they were observed over WebSockets: the table and its count change
 * under one mutex, so the count is exact. What a request does to a session that it has looked up, it does without that
 * mutex: keepalive and claim are told success beside the end of the session, a create does not ask whether its transport
 * is still there, and destroy and timeout each tell their own end. A model, for Janus is C.
 */
public final class Janus14
        implements SessionSubject,
                SessionSubject.UniqueIds,
                SessionSubject.Reclaim,
                SessionSubject.Events,
                SessionSubject.Listing {
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long RECLAIM_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String NOBODY = "";

    private final Map<String, State> table = new HashMap<>();
    private final Map<String, State> owned = new ConcurrentHashMap<>();
    private final RecentEnds ended = new RecentEnds();
    private final AtomicLong nanos = new AtomicLong();

    private static final class State {
        private final String id;
        private volatile long lastActivityNanos;
        private volatile String owner;
        private volatile boolean isLost;

        State(String id, long now, String owner) {
            this.id = id;
            this.lastActivityNanos = now;
            this.owner = owner;
        }
    }

    /** Made by the suite. */
    public Janus14() {}

    @Override
    public String create() {
        return createOn(NOBODY);
    }

    @Override
    public String createOn(String transport) {
        String id = Ids.next();
        return create(id, transport) == Answer.YES ? id : createOn(transport);
    }

    @Override
    public Answer create(String id) {
        return create(id, NOBODY);
    }

    private Answer create(String id, String transport) {
        State state = new State(id, nanos.get(), transport);
        synchronized (table) {
            if (table.putIfAbsent(id, state) != null) {
                return Answer.NO;
            }
        }
        owned.put(id, state);
        return Answer.YES;
    }

    private State lookUp(String id) {
        synchronized (table) {
            return table.get(id);
        }
    }

    private boolean end(State state) {
        boolean isRemoved;
        synchronized (table) {
            isRemoved = table.remove(state.id, state);
        }
        owned.remove(state.id, state);
        // Whoever looked it up tells its end, removed or not.
        ended.add(state.id);
        return isRemoved;
    }

    @Override
    public Answer destroy(String id) {
        State state = lookUp(id);
        return Answer.of(state != null && end(state));
    }

    @Override
    public int sweep() {
        List<State> all;
        synchronized (table) {
            all = List.copyOf(table.values());
        }
        int count = 0;
        for (State state : all) {
            long limit = state.isLost ? RECLAIM_NANOS : TIMEOUT_NANOS;
            if (nanos.get() - state.lastActivityNanos >= limit && end(state)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public Answer keepAlive(String id) {
        State state = lookUp(id);
        if (state == null) {
            return Answer.NO;
        }
        state.lastActivityNanos = nanos.get();
        return Answer.YES;
    }

    @Override
    public void gone(String transport) {
        owned.values().stream().filter(state -> state.owner.equals(transport)).forEach(state -> {
            state.owner = NOBODY;
            state.isLost = true;
        });
    }

    @Override
    public Answer claim(String id, String transport) {
        State state = lookUp(id);
        if (state == null) {
            return Answer.NO;
        }
        state.owner = transport;
        state.isLost = false;
        state.lastActivityNanos = nanos.get();
        return Answer.YES;
    }

    @Override
    public long attachedTo(String transport) {
        return owned.values().stream()
                .filter(state -> state.owner.equals(transport))
                .count();
    }

    @Override
    public boolean find(String id) {
        return lookUp(id) != null;
    }

    @Override
    public long count() {
        synchronized (table) {
            return table.size();
        }
    }

    @Override
    public List<String> list() {
        synchronized (table) {
            return List.copyOf(table.keySet());
        }
    }

    @Override
    public List<String> ended() {
        return ended.list();
    }

    @Override
    public void makeDue(String id) {
        nanos.addAndGet(TIMEOUT_NANOS);
    }

    @Override
    public void makeReclaimDue(String id) {
        nanos.addAndGet(RECLAIM_NANOS);
    }
}
