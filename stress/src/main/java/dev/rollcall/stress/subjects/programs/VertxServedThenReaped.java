package dev.rollcall.stress.subjects.programs;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests while the reaper is at work: it notes which sessions are due and then removes those, active again or not.
 * Seen with Vert.x Web 5.0.12.
 */
public final class VertxServedThenReaped {
    private static final long TIMEOUT_MILLIS = 200;
    private static final int SESSIONS = 20_000;

    private VertxServedThenReaped() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        LocalSessionStore store = LocalSessionStore.create(vertx, "sessions", 1);
        int rounds = 0;
        int reaped = 0;
        for (long start = System.nanoTime(); reaped < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Session session = store.createSession(TIMEOUT_MILLIS);
                store.put(session);
                sessions.add(session);
            }
            TimeUnit.MILLISECONDS.sleep(TIMEOUT_MILLIS / 2);
            List<Session> served = new ArrayList<>();
            long servedAt = System.nanoTime();
            while (served.isEmpty() && store.size().result() > 0) {
                servedAt = System.nanoTime();
                for (Session session : sessions) {
                    // As the session handler does it: at the beginning of a request, and with its response.
                    long idleMillis = System.currentTimeMillis() - session.lastAccessed();
                    Session found = idleMillis < TIMEOUT_MILLIS
                            ? null
                            : store.get(session.id()).result();
                    if (found != null && !found.isDestroyed()) {
                        found.setAccessed();
                        store.put(found);
                        served.add(found);
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(TIMEOUT_MILLIS / 8);
            int gone = 0;
            for (Session session : served) {
                gone += store.get(session.id()).result() == null ? 1 : 0;
            }
            // None of them was idle for its timeout since it was served.
            reaped += System.nanoTime() - servedAt < TIMEOUT_MILLIS * 1_000_000 ? gone : 0;
            store.clear();
        }
        System.out.println("served, and reaped at once: broken in " + Math.min(reaped, 1) + " of " + rounds
                + " rounds; " + reaped + " sessions of " + SESSIONS);
        vertx.close();
    }
}
