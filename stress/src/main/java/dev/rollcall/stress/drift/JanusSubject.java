package dev.rollcall.stress.drift;

import dev.rollcall.stress.controls.JanusSessions;
import java.util.List;

/** Janus' table with its number beside it, counted by one of the historical policies. */
final class JanusSubject implements DriftSubject {
    private final JanusSessions sessions;

    JanusSubject(JanusSessions.Policy policy) {
        this.sessions = new JanusSessions(policy);
    }

    @Override
    public void create(long id) {
        sessions.create(id);
    }

    /** Nothing to do: {@link #endIdle} is told who fell silent. */
    @Override
    public void keepAlive(long id) {}

    @Override
    public boolean destroy(long id) {
        return sessions.destroy(id);
    }

    @Override
    public void transportGone(long id) {
        sessions.transportGone(id);
    }

    @Override
    public void passSessionTimeout(List<Long> silent) {}

    @Override
    public int endIdle(List<Long> silent) {
        int ended = 0;
        for (long id : silent) {
            if (sessions.timeout(id)) {
                ended++;
            }
        }
        return ended;
    }

    @Override
    public long shown() {
        return sessions.count();
    }

    @Override
    public long live() {
        return sessions.tableSize();
    }

    @Override
    public void close() {}
}
