package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;

/**
 * Spring Session's repository in memory, called in the order in which its filter calls it: {@code findById}, {@code
 * setLastAccessedTime} and, with the response, {@code save}; a logout calls {@code deleteById}. The number is the size of
 * the map that it is given, for it has none itself. It ends sessions only when they are looked up, so a sweep looks all
 * of them up. Its clock is the system's; a session is made due by its own setter of the last access.
 */
public final class SpringSessions implements SessionSubject, SessionSubject.OwnIds {
    private static final Duration TIMEOUT = MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;

    private final Map<String, Session> map = new ConcurrentHashMap<>();
    private final MapSessionRepository repository = new MapSessionRepository(map);

    /** Made by the suite. */
    public SpringSessions() {}

    @Override
    public String create() {
        MapSession session = repository.createSession();
        repository.save(session);
        return session.getId();
    }

    @Override
    public Answer create(String id) {
        repository.save(new MapSession(id));
        return Answer.YES;
    }

    @Override
    public Answer destroy(String id) {
        if (repository.findById(id) == null) {
            return Answer.NO;
        }
        repository.deleteById(id);
        return Answer.UNTOLD;
    }

    @Override
    public int sweep() {
        map.keySet().forEach(repository::findById);
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        MapSession session = repository.findById(id);
        if (session == null) {
            return Answer.NO;
        }
        session.setLastAccessedTime(Instant.now());
        repository.save(session);
        return Answer.YES;
    }

    /** It has no lookup that leaves a session that is due. */
    @Override
    public boolean find(String id) {
        return repository.findById(id) != null;
    }

    @Override
    public long count() {
        return map.size();
    }

    @Override
    public void makeDue(String id) {
        map.get(id).setLastAccessedTime(Instant.now().minus(TIMEOUT.multipliedBy(2)));
    }

    @Override
    public Duration sessionTimeout() {
        return TIMEOUT;
    }
}
