package dev.rollcall.stress.subjects.programs;

import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;

/**
 * Two creates with one id, without any race: both succeed, and the end of the first takes the second away. Seen with
 * Tomcat 10.1.61 and 11.0.27.
 */
public final class TomcatOneId {
    private TomcatOneId() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        StandardManager manager = new StandardManager();
        manager.setContext(context());
        manager.setPathname(null);
        manager.start();
        Session first = manager.createSession("id");
        Session second = manager.createSession("id");
        first.expire();
        boolean isBroken = second.isValid() && manager.findSession("id") == null;
        System.out.println("valid, but not to be found: broken in " + (isBroken ? 1 : 0) + " of 1 rounds");
        manager.stop();
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
