package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.controls.JanusSessions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions as Janus Gateway 1.3 keeps them: a table and a number beside it, which the paths of an end move as a
 * {@link JanusSessions.Policy} says. A model, for Janus is C: every operation may run on any thread, which Janus' own
 * do not. The owner is written without asking whether it is still there.
 */
abstract class JanusModel implements SessionSubject, SessionSubject.UniqueIds, SessionSubject.Transports {
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();
    private static final String NOBODY = "";

    private final JanusSessions sessions;
    private final Map<Long, State> states = new ConcurrentHashMap<>();
    private final AtomicLong nanos = new AtomicLong();

    /** What Janus keeps in the session. */
    private static final class State {
        private volatile long lastActivityNanos;
        private volatile String owner;

        State(long now, String owner) {
            this.lastActivityNanos = now;
            this.owner = owner;
        }
    }

    JanusModel(JanusSessions.Policy policy) {
        this.sessions = new JanusSessions(policy);
    }

    @Override
    public final String create() {
        return createOn(NOBODY);
    }

    @Override
    public final String createOn(String transport) {
        String id = Ids.next();
        return create(id, transport) == Answer.YES ? id : createOn(transport);
    }

    @Override
    public final Answer create(String id) {
        return create(id, NOBODY);
    }

    private Answer create(String id, String transport) {
        long number = Long.parseLong(id);
        if (states.putIfAbsent(number, new State(nanos.get(), transport)) != null) {
            return Answer.NO;
        }
        return Answer.of(sessions.create(number));
    }

    @Override
    public final Answer destroy(String id) {
        long number = Long.parseLong(id);
        boolean isTold = sessions.destroy(number);
        states.remove(number);
        return Answer.of(isTold);
    }

    @Override
    public final int sweep() {
        int ended = 0;
        for (Map.Entry<Long, State> entry : Map.copyOf(states).entrySet()) {
            if (nanos.get() - entry.getValue().lastActivityNanos >= TIMEOUT_NANOS && sessions.timeout(entry.getKey())) {
                states.remove(entry.getKey());
                ended++;
            }
        }
        return ended;
    }

    @Override
    public final Answer keepAlive(String id) {
        State state = states.get(Long.parseLong(id));
        if (state == null) {
            return Answer.NO;
        }
        state.lastActivityNanos = nanos.get();
        return Answer.YES;
    }

    @Override
    public final void gone(String transport) {
        states.forEach((number, state) -> {
            if (state.owner.equals(transport)) {
                sessions.transportGone(number);
                states.remove(number);
            }
        });
    }

    @Override
    public final Answer claim(String id, String transport) {
        State state = states.get(Long.parseLong(id));
        if (state == null) {
            return Answer.NO;
        }
        state.owner = transport;
        return Answer.YES;
    }

    @Override
    public final long attachedTo(String transport) {
        return states.values().stream()
                .filter(state -> state.owner.equals(transport))
                .count();
    }

    @Override
    public final boolean find(String id) {
        return sessions.find(Long.parseLong(id));
    }

    @Override
    public final long count() {
        return sessions.count();
    }

    @Override
    public final void makeDue(String id) {
        nanos.addAndGet(TIMEOUT_NANOS);
    }
}
