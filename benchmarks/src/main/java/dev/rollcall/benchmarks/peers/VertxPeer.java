package dev.rollcall.benchmarks.peers;

import io.vertx.core.Vertx;
import io.vertx.ext.auth.prng.VertxContextPRNG;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import io.vertx.ext.web.sstore.impl.LocalSessionStoreImpl;
import io.vertx.ext.web.sstore.impl.SharedDataSessionImpl;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Vert.x's local session store, used as its session handler uses it. Its reaper runs on demand, not
 * by its timer. Sessions are made with a cheap source of ids, as everyone's here; the store's own
 * would be a secure one. Times are the system's.
 */
@SuppressWarnings("deprecation") // the sessions' constructor wants the old type of generator
final class VertxPeer implements Peer {
    private static final long NO_REAPER = 0;

    /** Of an id, in bytes; the store's own choice. */
    private static final int ID_LENGTH = SessionStore.DEFAULT_SESSIONID_LENGTH;

    private final Vertx vertx = Vertx.vertx();
    private final LocalSessionStoreImpl store =
            (LocalSessionStoreImpl) LocalSessionStore.create(vertx, "rollcall", NO_REAPER);
    private final VertxContextPRNG ids = new CheapIds();
    private final long timeoutMillis;

    VertxPeer(PeerOptions options) {
        this.timeoutMillis = options.sessionTimeout().toMillis();
    }

    @Override
    public Client connect(String name, int seats) {
        return new KeyClient<String>(seats) {
            @Override
            String create() {
                return createSession().id();
            }

            @Override
            boolean destroy(String id) {
                Session session = store.get(id).result();
                return session != null && VertxPeer.this.destroy(session);
            }

            @Override
            boolean keepAlive(String id) {
                Session session = store.get(id).result();
                return session != null && access(session);
            }
        };
    }

    @Override
    public Client connectByHandle(String name, int seats) {
        return new KeyClient<Session>(seats) {
            @Override
            Session create() {
                return createSession();
            }

            @Override
            boolean destroy(Session session) {
                return !session.isDestroyed() && VertxPeer.this.destroy(session);
            }

            @Override
            boolean keepAlive(Session session) {
                return !session.isDestroyed() && access(session);
            }
        };
    }

    private Session createSession() {
        Session session = new SharedDataSessionImpl(ids, timeoutMillis, ID_LENGTH);
        store.put(session);
        return session;
    }

    private boolean destroy(Session session) {
        session.destroy();
        store.delete(session.id());
        return true;
    }

    /** What the session handler does with each response. */
    private boolean access(Session session) {
        session.setAccessed();
        return store.put(session).succeeded();
    }

    @Override
    public long count() {
        return store.size().result();
    }

    /** What its timer would do. */
    @Override
    public void sweep() {
        store.handle(NO_REAPER);
    }

    @Override
    public void close() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class CheapIds implements VertxContextPRNG {
        @Override
        public void nextBytes(byte[] bytes) {
            ThreadLocalRandom.current().nextBytes(bytes);
        }

        @Override
        public int nextInt() {
            return ThreadLocalRandom.current().nextInt();
        }

        @Override
        public int nextInt(int bound) {
            return ThreadLocalRandom.current().nextInt(bound);
        }

        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }

        @Override
        public boolean nextBoolean() {
            return ThreadLocalRandom.current().nextBoolean();
        }

        @Override
        public float nextFloat() {
            return ThreadLocalRandom.current().nextFloat();
        }

        @Override
        public double nextDouble() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public double nextGaussian() {
            return ThreadLocalRandom.current().nextGaussian();
        }

        @Override
        public String nextString(int bytes) {
            throw new UnsupportedOperationException("a session asks for bytes");
        }

        @Override
        public void close() {}
    }
}
