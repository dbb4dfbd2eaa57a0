package dev.rollcall.stress.subjects.programs;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;

/**
 * A request beside the expiry of its session, while the application's listener is told of it: the request is given the
 * session as valid, and the session expires. Seen with Tomcat 10.1.61 and 11.0.27.
 */
public final class TomcatServedThenExpired {
    private static final CountDownLatch EXPIRING = new CountDownLatch(1);
    private static final CountDownLatch SERVED = new CountDownLatch(1);

    private TomcatServedThenExpired() {}

    /** Takes its time, as one does that writes to a database. */
    private static final class Listener implements HttpSessionListener {
        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            EXPIRING.countDown();
            await(SERVED);
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        StandardManager manager = new StandardManager();
        manager.setContext(context());
        manager.setPathname(null);
        manager.start();
        Session session = manager.createSession(null);
        session.setMaxInactiveInterval(60);
        session.setCreationTime(System.currentTimeMillis() - 60_000);
        Thread background = new Thread(manager::processExpires);
        background.start();
        await(EXPIRING);
        // As Request.doGetSession does it.
        Session found = manager.findSession(session.getIdInternal());
        boolean isServed = found != null && found.isValid();
        if (isServed) {
            found.access();
            found.endAccess();
        }
        SERVED.countDown();
        background.join();
        boolean isBroken = isServed && manager.findSession(session.getIdInternal()) == null;
        System.out.println("served, and expired at once: broken in " + (isBroken ? 1 : 0) + " of 1 rounds");
        manager.stop();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not within a minute");
            }
        } catch (InterruptedException nobodyInterrupts) {
            throw new IllegalStateException(nobodyInterrupts);
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
        context.addApplicationLifecycleListener(new Listener());
        return context;
    }
}
