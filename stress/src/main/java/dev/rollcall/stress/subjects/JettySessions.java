package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionHandler;

/**
 * Jetty's session handler on a server without connectors: what a request does to a session is done to it here in the
 * same order, and what the housekeeper does, on demand. Sessions are not saved. Its clock is the system's; a session is
 * made due by setting its expiry and telling what its timer would tell.
 */
public final class JettySessions implements SessionSubject, SessionSubject.UniqueIds, SessionSubject.Shared {
    private static final int TIMEOUT_SECONDS = 1_800;

    private final Server server = new Server();
    private final SessionHandler sessions = new SessionHandler();
    private final DefaultSessionCache cache = new DefaultSessionCache(sessions);
    private final GivenIds ids = new GivenIds(server);
    private final Map<String, ManagedSession> created = new ConcurrentHashMap<>();

    /** Ids come from the caller's thread. */
    private static final class GivenIds extends DefaultSessionIdManager {
        private final ThreadLocal<String> next = new ThreadLocal<>();

        GivenIds(Server server) {
            super(server);
            setWorkerName("");
        }

        @Override
        public String newSessionId(long seedTerm) {
            return next.get();
        }
    }

    /** Made by the suite. */
    public JettySessions() {
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        sessions.setSessionIdManager(ids);
        sessions.setMaxInactiveInterval(TIMEOUT_SECONDS);
        server.setHandler(sessions);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not start", e);
        }
    }

    @Override
    public String create() {
        String id = Ids.next();
        create(id);
        return id;
    }

    /** In a request, which then ends. */
    @Override
    public Answer create(String id) {
        ids.next.set(id);
        AtomicReference<ManagedSession> made = new AtomicReference<>();
        sessions.newSession(null, null, made::setPlain);
        ManagedSession session = made.getPlain();
        if (session == null) {
            return Answer.NO;
        }
        sessions.complete(session);
        created.put(id, session);
        return Answer.YES;
    }

    @Override
    public Answer destroy(String id) {
        ManagedSession session = sessions.getManagedSession(id);
        created.remove(id);
        if (session == null) {
            return Answer.NO;
        }
        try {
            session.invalidate();
            return Answer.UNTOLD;
        } catch (IllegalStateException invalidAlready) {
            return Answer.NO;
        }
    }

    @Override
    public int sweep() {
        sessions.scavenge();
        return UNTOLD;
    }

    /** The beginning and the end of a request. */
    @Override
    public Answer keepAlive(String id) {
        ManagedSession session = sessions.getManagedSession(id);
        if (session == null) {
            return Answer.NO;
        }
        sessions.access(session, false);
        boolean isServed = session.isValid();
        sessions.complete(session);
        return Answer.of(isServed);
    }

    @Override
    public boolean find(String id) {
        try {
            return cache.contains(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long count() {
        return cache.getSessionsCurrent();
    }

    @Override
    public void makeDue(String id) {
        ManagedSession session = created.remove(id);
        long now = System.currentTimeMillis();
        session.getSessionData().setExpiry(now - 1);
        sessions.sessionTimerExpired(session, now);
    }

    @Override
    public Duration sessionTimeout() {
        return Duration.ofSeconds(TIMEOUT_SECONDS);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
