package dev.rollcall.benchmarks.peers;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionHandler;

/**
 * Jetty's session handler on a server without connectors: what a request would do to a session is
 * done to it here, and what the housekeeper would do, on demand. A timer for each session, on a thread
 * of the server's, says which are due. Sessions are not saved. Times are the system's, in whole
 * seconds.
 */
final class JettyPeer implements Peer {
    private final Server server = new Server();
    private final SessionHandler sessions = new SessionHandler();
    private final DefaultSessionCache cache = new DefaultSessionCache(sessions);

    JettyPeer(PeerOptions options) {
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        sessions.setSessionIdManager(new CheapIds(server));
        sessions.setMaxInactiveInterval(
                Math.toIntExact(Math.max(1, options.sessionTimeout().toSeconds())));
        server.setHandler(sessions);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not start", e);
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
                ManagedSession session = sessions.getManagedSession(id);
                if (session == null) {
                    return false;
                }
                session.invalidate();
                return true;
            }

            // The beginning and the end of a request.
            @Override
            boolean keepAlive(String id) {
                ManagedSession session = sessions.getManagedSession(id);
                if (session == null) {
                    return false;
                }
                sessions.access(session, false);
                sessions.complete(session);
                return true;
            }
        };
    }

    /** In a request, which then ends. */
    private ManagedSession createSession() {
        AtomicReference<ManagedSession> created = new AtomicReference<>();
        sessions.newSession(null, null, created::setPlain);
        ManagedSession session = created.getPlain();
        sessions.complete(session);
        return session;
    }

    @Override
    public long count() {
        return cache.getSessionsCurrent();
    }

    @Override
    public void sweep() {
        sessions.scavenge();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    private static final class CheapIds extends DefaultSessionIdManager {
        CheapIds(Server server) {
            super(server);
            setWorkerName("");
        }

        @Override
        public String newSessionId(long seedTerm) {
            return Ids.cheapText();
        }
    }
}
