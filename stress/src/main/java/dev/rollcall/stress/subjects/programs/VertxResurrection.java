package dev.rollcall.stress.subjects.programs;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A logout beside the response of another request: the session handler's flush puts the destroyed session back. Seen
 * with Vert.x Web 4.5.32 and 5.0.12.
 */
public final class VertxResurrection {
    private VertxResurrection() {}

    /** Runs it. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        LocalSessionStore store = LocalSessionStore.create(vertx);
        AtomicReference<Session> leaving = new AtomicReference<>();
        Thread logout = new Thread(() -> {
            while (true) {
                Session session = await(leaving, true);
                session.destroy();
                store.delete(session.id());
                leaving.set(null);
            }
        });
        logout.setDaemon(true);
        logout.start();
        int rounds = 0;
        int resurrected = 0;
        for (long start = System.nanoTime(); resurrected < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            Session session = store.createSession(60_000);
            store.put(session);
            leaving.set(session);
            // Now a little earlier, now a little later.
            for (int spins = rounds % 400; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (!session.isDestroyed()) {
                session.setAccessed();
                store.put(session);
            }
            await(leaving, false);
            resurrected += store.get(session.id()).result() == null ? 0 : 1;
        }
        System.out.println("destroyed, and there again: broken in " + resurrected + " of " + rounds + " rounds; "
                + store.size().result() + " destroyed sessions are in the store");
        vertx.close();
    }

    /** Waits until there is a session, or none any more. */
    private static Session await(AtomicReference<Session> place, boolean isThere) {
        for (int turns = 1; (place.get() != null) != isThere; turns++) {
            if (turns % 10_000 == 0) {
                Thread.yield(); // where there are fewer processors than threads
            }
            Thread.onSpinWait();
        }
        return place.get();
    }
}
