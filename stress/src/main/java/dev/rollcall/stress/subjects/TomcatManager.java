package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.TooManyActiveSessionsException;

/**
 * Tomcat's manager without its server: what a request does to a session is done to it here in the same order, and what
 * the background thread does, on demand. Sessions are not saved. Its clock is the system's; a session is made due by
 * its own setter of the creation time.
 */
public final class TomcatManager
        implements SessionSubject,
                SessionSubject.UniqueIds,
                SessionSubject.Limit,
                SessionSubject.Events,
                SessionSubject.SessionTimeouts,
                SessionSubject.Listing,
                SessionSubject.Shared {
    private static final int TIMEOUT_SECONDS = 1_800;

    private final StandardManager manager = new StandardManager();
    private final RecentEnds ended = new RecentEnds();

    /** Made by the suite. */
    public TomcatManager() {
        StandardEngine engine = new StandardEngine();
        engine.setName("rollcall");
        StandardHost host = new StandardHost();
        host.setName("localhost");
        engine.addChild(host);
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setName("");
        context.setParent(host);
        context.addApplicationLifecycleListener(new Listener());
        manager.setContext(context);
        manager.setPathname(null);
        try {
            manager.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat's manager does not start", e);
        }
    }

    private final class Listener implements HttpSessionListener {
        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            ended.add(event.getSession().getId());
        }
    }

    @Override
    public String create() {
        String id = Ids.next();
        create(id);
        return id;
    }

    /** As Request.doGetSession does it. */
    @Override
    public Answer create(String id) {
        try {
            Session session = manager.createSession(id);
            session.setMaxInactiveInterval(TIMEOUT_SECONDS);
            session.access();
            session.endAccess();
            return Answer.YES;
        } catch (TooManyActiveSessionsException refused) {
            return Answer.NO;
        } catch (IllegalStateException endedAlready) {
            // It is found, and so can be ended, before createSession is done with it.
            return Answer.YES;
        }
    }

    private Session inTable(String id) {
        try {
            return manager.findSession(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As HttpSession.invalidate, which throws if the session is invalid already. */
    @Override
    public Answer destroy(String id) {
        Session session = inTable(id);
        if (session == null || !session.isValid()) {
            return Answer.NO;
        }
        try {
            session.getSession().invalidate();
            return Answer.YES;
        } catch (IllegalStateException invalidAlready) {
            return Answer.NO;
        }
    }

    @Override
    public int sweep() {
        manager.processExpires();
        return UNTOLD;
    }

    /** As Request.doGetSession finds it, and as the request ends. */
    @Override
    public Answer keepAlive(String id) {
        Session session = inTable(id);
        if (session == null || !session.isValid()) {
            return Answer.NO;
        }
        session.access();
        session.endAccess();
        return Answer.YES;
    }

    @Override
    public boolean find(String id) {
        return inTable(id) != null;
    }

    @Override
    public long count() {
        return manager.getActiveSessions();
    }

    @Override
    public Collection<String> list() {
        return Stream.of(manager.findSessions()).map(Session::getIdInternal).toList();
    }

    @Override
    public void limitTo(int sessions) {
        manager.setMaxActiveSessions(sessions);
    }

    @Override
    public List<String> ended() {
        return ended.list();
    }

    @Override
    public Answer setTimeout(String id, Duration timeout) {
        Session session = inTable(id);
        if (session == null || !session.isValid()) {
            return Answer.NO;
        }
        session.setMaxInactiveInterval(Math.toIntExact(timeout.toSeconds()));
        return Answer.UNTOLD;
    }

    @Override
    public void makeDue(String id) {
        inTable(id)
                .setCreationTime(System.currentTimeMillis()
                        - Duration.ofSeconds(TIMEOUT_SECONDS).toMillis());
    }

    /** A race takes microseconds, and whoever is served is safe for half an hour. */
    @Override
    public Duration sessionTimeout() {
        return Duration.ofSeconds(TIMEOUT_SECONDS);
    }

    @Override
    public void close() {
        try {
            manager.stop();
            manager.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat's manager does not stop", e);
        }
    }
}
