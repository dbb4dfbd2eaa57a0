package dev.rollcall.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;

/**
 * Tomcat's manager, without its server: what a request would do to a session is done to it here, and
 * what the background thread would do, on demand. Sessions are not saved. Times are the system's, in
 * whole seconds.
 */
final class TomcatPeer implements Peer {
    private final StandardManager manager = new StandardManager();
    private final int timeoutSeconds;

    TomcatPeer(PeerOptions options) {
        this.timeoutSeconds =
                Math.toIntExact(Math.max(1, options.sessionTimeout().toSeconds()));
        StandardEngine engine = new StandardEngine();
        engine.setName("rollcall");
        StandardHost host = new StandardHost();
        host.setName("localhost");
        engine.addChild(host);
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setName("");
        context.setParent(host);
        manager.setContext(context);
        manager.setPathname(null);
        try {
            manager.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat's manager does not start", e);
        }
    }

    @Override
    public Client connect(String name, int seats) {
        return new KeyClient<String>(seats) {
            @Override
            String create() {
                return createSession().getId();
            }

            @Override
            boolean destroy(String id) {
                Session session = find(id);
                return session != null && expire(session);
            }

            @Override
            boolean keepAlive(String id) {
                Session session = find(id);
                return session != null && access(session);
            }
        };
    }

    @Override
    public Client connectByHandle(String name, int seats) {
        return new KeyClient<Session>(seats) {
            @Override
            Session create() {
                return createSession();
            }

            @Override
            boolean destroy(Session session) {
                return expire(session);
            }

            @Override
            boolean keepAlive(Session session) {
                return access(session);
            }
        };
    }

    private Session createSession() {
        Session session = manager.createSession(Ids.cheapText());
        session.setMaxInactiveInterval(timeoutSeconds);
        return session;
    }

    private Session find(String id) {
        try {
            return manager.findSession(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean expire(Session session) {
        boolean live = session.isValid();
        session.expire();
        return live;
    }

    /** The beginning and the end of a request. */
    private static boolean access(Session session) {
        if (!session.isValid()) {
            return false;
        }
        session.access();
        session.endAccess();
        return true;
    }

    @Override
    public long count() {
        return manager.getActiveSessions();
    }

    @Override
    public void sweep() {
        manager.processExpires();
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
