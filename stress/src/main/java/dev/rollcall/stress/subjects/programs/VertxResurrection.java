package dev.rollcall.stress.subjects.programs;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.concurrent.atomic.AtomicInteger;

/** A logout beside the response of another request: the session handler's flush puts the destroyed session back. */
public final class VertxResurrection {
    private VertxResurrection() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        LocalSessionStore store = LocalSessionStore.create(vertx);
        int rounds = 0;
        int resurrected = 0;
        for (long start = System.nanoTime(); resurrected < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            Session session = store.createSession(60_000);
            store.put(session);
            AtomicInteger ready = new AtomicInteger();
            Thread logout = new Thread(() -> {
                meet(ready);
                session.destroy();
                store.delete(session.id());
            });
            logout.start();
            meet(ready);
            // Now a little earlier, now a little later.
            for (int spins = rounds % 400; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (!session.isDestroyed()) {
                session.setAccessed();
                store.put(session);
            }
            logout.join();
            resurrected += store.get(session.id()).result() == null ? 0 : 1;
        }
        System.out.println("destroyed, and there again: broken in " + resurrected + " of " + rounds + " rounds; "
                + store.size().result() + " destroyed sessions are in the store");
        vertx.close();
    }

    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
    }
}
