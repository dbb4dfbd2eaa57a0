package dev.rollcall.stress.subjects.programs;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionHandler;

/**
 * A session is invalidated: another thread finds that it is gone, and the count that it reads next still has it. Seen
 * with Jetty 12.1.14.
 */
public final class JettyGoneButCounted {
    private JettyGoneButCounted() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        SessionHandler sessions = new SessionHandler();
        DefaultSessionCache cache = new DefaultSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        server.setHandler(sessions);
        server.start();
        int rounds = 0;
        int counted = 0;
        for (long start = System.nanoTime(); counted < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            AtomicReference<ManagedSession> made = new AtomicReference<>();
            sessions.newSession(null, null, made::set);
            ManagedSession session = made.get();
            sessions.complete(session);
            String id = session.getId();
            Thread logout = new Thread(session::invalidate);
            logout.start();
            while (cache.contains(id)) {
                Thread.onSpinWait();
            }
            counted += cache.getSessionsCurrent() > 0 ? 1 : 0;
            logout.join();
        }
        System.out.println("gone, but still counted: broken in " + counted + " of " + rounds + " rounds");
        server.stop();
    }
}
