package dev.rollcall.stress.drift;

import dev.rollcall.stress.check.SessionSubject;
import dev.rollcall.stress.check.SessionSubject.Answer;
import dev.rollcall.stress.check.SessionSubject.Transports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Any manager that has an adapter, under replay. A session whose connection is lost is silent from then on, if the
 * manager knows no transports. What a manager does not tell is taken from what a lookup finds afterwards.
 */
final class AnySubject implements DriftSubject {
    /** The replay keeps sessions alive one after the other, so a timeout of milliseconds would end some of them. */
    static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);

    private final SessionSubject subject;
    private final Map<Long, String> ids = new ConcurrentHashMap<>();
    private final Queue<Long> lost = new ConcurrentLinkedQueue<>();
    private volatile boolean isSweepUntold;

    AnySubject(SessionSubject subject) {
        this.subject = subject;
    }

    /** Whether a session can be kept alive when the timeout of another has passed, in time that does not pass by itself. */
    boolean isReplayable() {
        if (subject.sessionTimeout().compareTo(SHORTEST_TIMEOUT) < 0) {
            return false;
        }
        String due = subject.create();
        String kept = subject.create();
        subject.makeDue(due);
        boolean isKept = subject.keepAlive(kept) != Answer.NO;
        subject.sweep();
        return isKept && subject.find(kept) && !subject.find(due);
    }

    @Override
    public void create(long id) {
        ids.put(id, subject instanceof Transports owners ? owners.createOn(transport(id)) : subject.create());
    }

    private static String transport(long id) {
        return "client-" + id;
    }

    @Override
    public void keepAlive(long id) {
        subject.keepAlive(ids.get(id));
    }

    @Override
    public boolean destroy(long id) {
        String name = ids.get(id);
        Answer answer = subject.destroy(name);
        return answer == Answer.UNTOLD ? !subject.find(name) : answer == Answer.YES;
    }

    @Override
    public void transportGone(long id) {
        if (subject instanceof Transports owners) {
            owners.gone(transport(id));
        }
        if (subject.find(ids.get(id))) {
            lost.add(id);
        }
    }

    @Override
    public void passSessionTimeout(List<Long> silent) {
        silent.forEach(id -> subject.makeDue(ids.get(id)));
        lost.forEach(id -> subject.makeDue(ids.get(id)));
        lost.clear();
    }

    @Override
    public int endIdle(List<Long> silent) {
        int ended = subject.sweep();
        isSweepUntold = ended == SessionSubject.UNTOLD;
        return isSweepUntold
                ? (int) silent.stream().filter(id -> !subject.find(ids.get(id))).count()
                : ended;
    }

    @Override
    public boolean tellsOfSweeps() {
        return !isSweepUntold;
    }

    @Override
    public long shown() {
        return subject.count();
    }

    /** By looking each session up. */
    @Override
    public long live() {
        ids.values().removeIf(name -> !subject.find(name));
        return ids.size();
    }

    @Override
    public void close() {
        try {
            subject.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
