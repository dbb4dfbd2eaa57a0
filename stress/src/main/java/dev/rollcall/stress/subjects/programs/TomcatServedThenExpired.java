package dev.rollcall.stress.subjects.programs;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;

/**
 * A request beside the expiry of its session: it is given the session as valid, and the session expires. Seen with
 * Tomcat 10.1.61 and 11.0.27.
 */
public final class TomcatServedThenExpired {
    private TomcatServedThenExpired() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        StandardManager manager = new StandardManager();
        manager.setContext(context());
        manager.setPathname(null);
        manager.start();
        int rounds = 0;
        int expired = 0;
        for (long start = System.nanoTime(); expired < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            Session session = manager.createSession(null);
            session.setMaxInactiveInterval(60);
            session.setCreationTime(System.currentTimeMillis() - 60_000);
            AtomicInteger ready = new AtomicInteger();
            Thread background = new Thread(() -> {
                meet(ready);
                manager.processExpires();
            });
            background.start();
            meet(ready);
            // Now a little earlier, now a little later.
            for (int spins = rounds % 400; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            // As Request.doGetSession does it.
            Session found = manager.findSession(session.getIdInternal());
            boolean isServed = found != null && found.isValid();
            if (isServed) {
                found.access();
                found.endAccess();
            }
            background.join();
            expired += isServed && manager.findSession(session.getIdInternal()) == null ? 1 : 0;
        }
        System.out.println("served, and expired at once: broken in " + expired + " of " + rounds + " rounds");
        manager.stop();
    }

    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
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
