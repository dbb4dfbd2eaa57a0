package dev.rollcall.stress.subjects.programs;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests while the reaper is at work: it notes which sessions are due and then removes those, active again or not.
 * Seen with Vert.x Web 4.5.32 and 5.0.12.
 */
public final class VertxServedThenReaped {
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long TIMEOUT_NANOS = TIMEOUT_MILLIS * 1_000_000;

    private VertxServedThenReaped() {}

    /** Runs it. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        // A reaper so seldom that many sessions are due at once, and removing them takes a while.
        LocalSessionStore store = LocalSessionStore.create(vertx, "sessions", TIMEOUT_MILLIS);
        List<Session> sessions = new ArrayList<>();
        while (sessions.size() < 50_000) {
            sessions.add(store.createSession(TIMEOUT_MILLIS));
        }
        int rounds = 0;
        int reaped = 0;
        for (long start = System.nanoTime(); reaped < 1 && System.nanoTime() - start < 60_000_000_000L; rounds++) {
            sessions.forEach(session -> serve(store, session));
            // Until the reaper removes what it has noted, unless it has removed everything already.
            for (int all = store.size().result(); all > 0 && store.size().result() >= all; ) {
                LockSupport.parkNanos(100_000);
            }
            long servedAt = System.nanoTime();
            List<Session> served = new ArrayList<>();
            for (int i = 0; i < sessions.size() && served.size() < 1_000; i++) {
                Session session = sessions.get(i);
                if (store.get(session.id()).result() != null) {
                    serve(store, session);
                    served.add(session);
                }
            }
            // As long as none of them can be due again.
            while (reaped == 0 && System.nanoTime() - servedAt < TIMEOUT_NANOS) {
                int gone = (int) served.stream()
                        .filter(session -> store.get(session.id()).result() == null)
                        .count();
                reaped = System.nanoTime() - servedAt < TIMEOUT_NANOS ? gone : 0;
            }
        }
        System.out.println("served, and reaped at once: broken in " + Math.min(reaped, 1) + " of " + rounds
                + " rounds; " + reaped + " sessions");
        vertx.close();
    }

    /** As the session handler does it with the response to a request that has found the session. */
    private static void serve(LocalSessionStore store, Session session) {
        session.setAccessed();
        store.put(session);
    }
}
