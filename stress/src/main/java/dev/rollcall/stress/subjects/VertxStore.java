package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.prng.VertxContextPRNG;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.impl.LocalSessionStoreImpl;
import io.vertx.ext.web.sstore.impl.SharedDataSessionImpl;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Vert.x Web's local session store, called in the order in which its session handler calls it: get, then, with the
 * response, {@code isDestroyed}, {@code setAccessed}, {@code put}; a logout calls {@code destroy}, and its response
 * {@code delete}. Its reaper runs on demand. Its clock is the system's.
 */
public final class VertxStore implements SessionSubject, SessionSubject.OwnIds, SessionSubject.Shared {
    private static final Duration TIMEOUT = Duration.ofMillis(4);
    private static final long NO_REAPER = 0;

    private final Vertx vertx = Vertx.vertx();
    private final LocalSessionStoreImpl store =
            (LocalSessionStoreImpl) LocalSessionStore.create(vertx, "rollcall", NO_REAPER);
    private final VertxContextPRNG random = VertxContextPRNG.current(vertx);

    /** Made by the suite. */
    public VertxStore() {}

    /** Only the id is given, not drawn. */
    private static final class NamedSession extends SharedDataSessionImpl {
        NamedSession(VertxContextPRNG random, String id) {
            super(random, TIMEOUT.toMillis(), 1);
            setId(id);
        }
    }

    @Override
    public String create() {
        String id = Ids.next();
        create(id);
        return id;
    }

    @Override
    public Answer create(String id) {
        return Answer.of(store.put(new NamedSession(random, id)).succeeded());
    }

    @Override
    public Answer destroy(String id) {
        Session session = store.get(id).result();
        if (session == null) {
            return Answer.NO;
        }
        session.destroy();
        store.delete(id);
        return Answer.UNTOLD;
    }

    @Override
    public int sweep() {
        store.handle(NO_REAPER);
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        Session session = store.get(id).result();
        if (session == null || session.isDestroyed()) {
            return Answer.NO;
        }
        session.setAccessed();
        return Answer.of(store.put(session).succeeded());
    }

    @Override
    public boolean find(String id) {
        return store.get(id).result() != null;
    }

    @Override
    public long count() {
        return store.size().result();
    }

    /** Waits: a session is due when more than its timeout has passed. */
    @Override
    public void makeDue(String id) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TIMEOUT.plusMillis(2).toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Override
    public Duration sessionTimeout() {
        return TIMEOUT;
    }

    @Override
    public void close() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
