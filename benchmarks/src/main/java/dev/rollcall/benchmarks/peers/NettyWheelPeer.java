package dev.rollcall.benchmarks.peers;

import dev.rollcall.stress.subjects.WheelSessions;
import java.util.function.LongSupplier;

/** {@link WheelSessions}, the same that the stress module puts through its races. */
final class NettyWheelPeer implements Peer {
    private static final long SWEPT_TICK_MILLIS = 1;

    private final LongSupplier ids = Ids.cheap();
    private final WheelSessions<Long> sessions;

    NettyWheelPeer(PeerOptions options) {
        sessions = new WheelSessions<>(
                options.sessionTimeout(),
                options.swept() ? SWEPT_TICK_MILLIS : WheelSessions.TURNING_TICK_MILLIS,
                options.swept());
    }

    @Override
    public Client connect(String name, int seats) {
        return new IdClient(seats) {
            @Override
            long create() {
                long id = ids.getAsLong();
                while (!sessions.create(id, name)) {
                    id = ids.getAsLong();
                }
                return id;
            }

            @Override
            boolean destroy(long id) {
                return sessions.destroy(id);
            }

            @Override
            boolean keepAlive(long id) {
                return sessions.keepAlive(id);
            }
        };
    }

    @Override
    public long count() {
        return sessions.count();
    }

    @Override
    public void sweep() {
        sessions.sweep();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
