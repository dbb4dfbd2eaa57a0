package dev.rollcall.benchmarks.peers;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** The real manager, driven as a gateway drives it; one transport per client. */
final class RollcallPeer implements Peer {
    private final SessionManager<Void> manager;
    private final PeerTime time;
    private final ToLongFunction<SessionManager<Void>> count;

    private RollcallPeer(SessionManager<Void> manager, PeerTime time, ToLongFunction<SessionManager<Void>> count) {
        this.manager = manager;
        this.time = time;
        this.count = count;
    }

    static RollcallPeer sweptByCaller(SessionManagerBuilder<Void> builder, PeerTime time) {
        return new RollcallPeer(builder.callerSweeps().build(), time, SessionManager::count);
    }

    static RollcallPeer sweptByItself(SessionManagerBuilder<Void> builder, PeerTime time) {
        return new RollcallPeer(builder.build(), time, SessionManager::count);
    }

    /** Its count is part of a snapshot of all figures. */
    static RollcallPeer askedForAll(SessionManagerBuilder<Void> builder, PeerTime time) {
        return new RollcallPeer(
                builder.callerSweeps().build(),
                time,
                manager -> manager.counts().live());
    }

    @Override
    public Client connect(String name, int seats) {
        return new RollcallClient(manager.openTransport(name), seats);
    }

    @Override
    public Client connectByHandle(String name, int seats) {
        Transport<Void> transport = manager.openTransport(name);
        return new KeyClient<Session<Void>>(seats) {
            @Override
            Session<Void> create() {
                return manager.create(transport);
            }

            @Override
            boolean destroy(Session<Void> session) {
                return session.destroy();
            }

            @Override
            boolean keepAlive(Session<Void> session) {
                return session.keepAlive();
            }
        };
    }

    @Override
    public void createAlone(String name) {
        manager.create(manager.openTransport(name));
    }

    @Override
    public long count() {
        return count.applyAsLong(manager);
    }

    @Override
    public void sweep() {
        manager.sweep();
    }

    @Override
    public void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public void close() {
        manager.close();
    }

    private final class RollcallClient extends IdClient implements Owner {
        private final Transport<Void> transport;

        RollcallClient(Transport<Void> transport, int seats) {
            super(seats);
            this.transport = transport;
        }

        @Override
        long create() {
            return manager.create(transport).id();
        }

        @Override
        boolean destroy(long id) {
            return manager.destroy(id);
        }

        @Override
        boolean keepAlive(long id) {
            return manager.keepAlive(id);
        }

        @Override
        public boolean claim(int seat, Owner to) {
            return manager.claim(id(seat), ((RollcallClient) to).transport);
        }

        @Override
        public void gone() {
            transport.gone();
        }
    }
}
