package dev.rollcall.stress.subjects.programs;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;

/**
 * Two requests invalidate one session: neither is told, by an IllegalStateException, that it was invalid already. Seen
 * with Tomcat 10.1.61 and 11.0.27.
 */
public final class TomcatToldTwice {
    private TomcatToldTwice() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        StandardManager manager = new StandardManager();
        manager.setContext(context());
        manager.setPathname(null);
        manager.start();
        int rounds = 0;
        int twice = 0;
        for (long start = System.nanoTime(); twice < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            Session session = manager.createSession(null);
            AtomicInteger ready = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            Thread other = new Thread(() -> invalidate(session, ready, done));
            other.start();
            invalidate(session, ready, done);
            other.join();
            twice += done.get() == 2 ? 1 : 0;
        }
        System.out.println("both have invalidated it: broken in " + twice + " of " + rounds + " rounds");
        manager.stop();
    }

    private static void invalidate(Session session, AtomicInteger ready, AtomicInteger done) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
        try {
            session.getSession().invalidate();
            done.incrementAndGet();
        } catch (IllegalStateException invalidAlready) {
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
