package dev.rollcall.stress.subjects.programs;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.impl.LocalSessionStoreImpl;
import java.util.concurrent.atomic.AtomicInteger;

/** A request beside the reaper: its session is stored with a fresh access time, and reaped all the same. */
public final class VertxServedThenReaped {
    private VertxServedThenReaped() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        LocalSessionStoreImpl store = (LocalSessionStoreImpl) LocalSessionStore.create(vertx, "sessions", 0);
        for (int others = 0; others < 1_000; others++) {
            store.put(store.createSession(600_000));
        }
        int rounds = 0;
        int reaped = 0;
        for (long start = System.nanoTime(); reaped < 10 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            Session session = store.createSession(20);
            store.put(session);
            Thread.sleep(22);
            AtomicInteger ready = new AtomicInteger();
            Thread reaper = new Thread(() -> {
                meet(ready);
                store.handle(0L);
            });
            reaper.start();
            meet(ready);
            // While the reaper looks through the sessions.
            for (int spins = rounds % 1_000; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            long served = System.nanoTime();
            Session found = store.get(session.id()).result();
            boolean isServed = found != null && !found.isDestroyed();
            if (isServed) {
                found.setAccessed();
                store.put(found);
            }
            reaper.join();
            boolean isPrompt = System.nanoTime() - served < 10_000_000;
            reaped += isServed && isPrompt && store.get(session.id()).result() == null ? 1 : 0;
        }
        System.out.println("served, and reaped at once: broken in " + reaped + " of " + rounds + " rounds");
        vertx.close();
    }

    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
    }
}
