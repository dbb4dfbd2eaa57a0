package dev.rollcall.stress.subjects.programs;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.TooManyActiveSessionsException;

/**
 * Two requests that need a session, and {@code maxActiveSessions} 1: both get one. Seen with Tomcat 10.1.61 and
 * 11.0.27.
 */
public final class TomcatLimit {
    private TomcatLimit() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        StandardManager manager = new StandardManager();
        manager.setContext(context());
        manager.setPathname(null);
        manager.setMaxActiveSessions(1);
        manager.start();
        int rounds = 0;
        int exceeded = 0;
        for (long start = System.nanoTime(); exceeded < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            AtomicInteger ready = new AtomicInteger();
            Thread other = new Thread(() -> create(manager, ready));
            other.start();
            create(manager, ready);
            other.join();
            exceeded += manager.getActiveSessions() > 1 ? 1 : 0;
            for (Session session : manager.findSessions()) {
                session.expire();
            }
        }
        System.out.println("two sessions where one is allowed: broken in " + exceeded + " of " + rounds + " rounds");
        manager.stop();
    }

    private static void create(StandardManager manager, AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
        try {
            manager.createSession(null);
        } catch (TooManyActiveSessionsException refused) {
            // As it should be for one of the two.
        }
    }

    private static StandardContext context() {
        StandardEngine engine = new StandardEngine();
        engine.setName("engine");
        StandardHost host = new StandardHost();
        host.setName("localhost");
        engine.addChild(host);
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setName("");
        context.setParent(host);
        return context;
    }
}
