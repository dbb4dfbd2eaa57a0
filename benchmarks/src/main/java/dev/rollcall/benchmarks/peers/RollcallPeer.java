package dev.rollcall.benchmarks.peers;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Transport;

/** The real manager, driven by id as a gateway drives it; one transport per client. */
public final class RollcallPeer implements Peer {
    private final SessionManager<Void> manager;

    RollcallPeer(SessionManagerBuilder<Void> builder) {
        this.manager = builder.callerSweeps().build();
    }

    @Override
    public RollcallClient connect(String name) {
        return new RollcallClient(manager, manager.openTransport(name));
    }

    @Override
    public long count() {
        return manager.count();
    }

    @Override
    public void close() {
        manager.close();
    }

    /** A transport and the sessions that it creates. */
    public static final class RollcallClient implements Client {
        private final SessionManager<Void> manager;
        private final Transport<Void> transport;

        RollcallClient(SessionManager<Void> manager, Transport<Void> transport) {
            this.manager = manager;
            this.transport = transport;
        }

        /** Creates a session; returns its handle. */
        public Session<Void> createHandle() {
            return manager.create(transport);
        }

        @Override
        public long create() {
            return createHandle().id();
        }

        @Override
        public boolean destroy(long id) {
            return manager.destroy(id);
        }

        @Override
        public boolean keepAlive(long id) {
            return manager.keepAlive(id);
        }
    }
}
