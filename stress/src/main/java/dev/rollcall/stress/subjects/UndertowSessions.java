package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.session.InMemorySessionManager;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionConfig;
import io.undertow.server.session.SessionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * Undertow's manager without its listeners: exchanges on a connection that is a pipe. A request looks its session up,
 * reads an attribute and is done. A session's timer task is run on demand, on the worker that runs it in a server. The
 * clock is the system's and timeouts are whole seconds, so a session is made due by its private field of the deadline.
 *
 * <p>There is no public way to that. The deadline is only ever the present and the interval, of at least a second, so the
 * suite would have to wait a second for each sample. An I/O thread of our own would be handed the timer's task, but the
 * task asks the deadline again and files itself anew. An interval of zero makes the deadline -1, which such a task takes
 * for due; but then no request would put it off any more, and that it does so is what the races ask.
 */
public final class UndertowSessions
        implements SessionSubject,
                SessionSubject.UniqueIds,
                SessionSubject.Limit,
                SessionSubject.Events,
                SessionSubject.Listing,
                SessionSubject.SecondCount,
                SessionSubject.Shared {
    private static final int BUFFER_BYTES = 1_024;

    private final XnioWorker worker;
    private final HttpServerConnection connection;
    private final RecentEnds ended = new RecentEnds();
    private volatile InMemorySessionManager manager;

    /** Made by the suite. */
    public UndertowSessions() {
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, 1)
                            // One, so that a task that is handed in after others runs after them.
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 1)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
            connection = new HttpServerConnection(
                    worker.createFullDuplexPipeConnection().getLeftSide(),
                    new DefaultByteBufferPool(false, BUFFER_BYTES),
                    exchange -> {},
                    OptionMap.EMPTY,
                    BUFFER_BYTES,
                    null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        limitTo(Integer.MAX_VALUE);
    }

    /** A request that brings this id, or none. */
    private record Cookie(String id) implements SessionConfig {
        @Override
        public void setSessionId(HttpServerExchange exchange, String sessionId) {}

        @Override
        public void clearSession(HttpServerExchange exchange, String sessionId) {}

        @Override
        public String findSessionId(HttpServerExchange exchange) {
            return id;
        }

        @Override
        public SessionCookieSource sessionCookieSource(HttpServerExchange exchange) {
            return SessionCookieSource.COOKIE;
        }

        @Override
        public String rewriteUrl(String url, String sessionId) {
            return url;
        }
    }

    private final class Listener implements SessionListener {
        @Override
        public void sessionDestroyed(Session session, HttpServerExchange exchange, SessionDestroyedReason reason) {
            ended.add(session.getId());
        }
    }

    /** The limit is a manager's for ever. */
    @Override
    public void limitTo(int sessions) {
        InMemorySessionManager limited =
                new InMemorySessionManager("rollcall", sessions == Integer.MAX_VALUE ? -1 : sessions);
        limited.registerSessionListener(new Listener());
        manager = limited;
    }

    private HttpServerExchange request() {
        return new HttpServerExchange(connection);
    }

    @Override
    public String create() {
        return manager.createSession(request(), new Cookie(null)).getId();
    }

    /** It throws if the id is taken or the limit is reached. */
    @Override
    public Answer create(String id) {
        try {
            manager.createSession(request(), new Cookie(id));
            return Answer.YES;
        } catch (IllegalStateException refused) {
            return Answer.NO;
        }
    }

    /** As a logout; it throws if the session is invalid already. */
    @Override
    public Answer destroy(String id) {
        HttpServerExchange request = request();
        Session session = manager.getSession(request, new Cookie(id));
        if (session == null) {
            return Answer.NO;
        }
        try {
            session.invalidate(request);
            return Answer.YES;
        } catch (IllegalStateException invalid) {
            return Answer.NO;
        }
    }

    @Override
    public int sweep() {
        for (String id : manager.getAllSessions()) {
            Session session = manager.getSession(id);
            if (session != null) {
                ((Runnable) read(field(session, "cancelTask"), session)).run();
            }
        }
        CountDownLatch done = new CountDownLatch(1);
        worker.execute(done::countDown);
        try {
            done.await();
        } catch (InterruptedException nobodyInterrupts) {
            throw new IllegalStateException(nobodyInterrupts);
        }
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        HttpServerExchange request = request();
        Session session = manager.getSession(request, new Cookie(id));
        if (session == null) {
            return Answer.NO;
        }
        try {
            session.getAttribute("user");
        } catch (IllegalStateException invalid) {
            return Answer.NO;
        }
        session.requestDone(request);
        return Answer.YES;
    }

    @Override
    public boolean find(String id) {
        return manager.getSession(id) != null;
    }

    @Override
    public long count() {
        return manager.getActiveSessionCount();
    }

    @Override
    public long secondCount() {
        return manager.getCreatedSessionCount() - manager.getExpiredSessionCount();
    }

    @Override
    public Collection<String> list() {
        return manager.getAllSessions();
    }

    @Override
    public List<String> ended() {
        return ended.list();
    }

    @Override
    public void makeDue(String id) {
        Session session = manager.getSession(id);
        try {
            field(session, "expireTime").setLong(session, System.currentTimeMillis() - 1);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Session session, String name) {
        try {
            Field field = session.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Undertow's sessions have no field " + name + " any more", e);
        }
    }

    private static Object read(Field field, Session session) {
        try {
            return field.get(session);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
