package dev.rollcall.benchmarks.peers;

import dev.rollcall.stress.subjects.WheelSessions;
import java.util.function.LongSupplier;

/**
 * {@link WheelSessions}, the same that the stress module puts through its races.
 *
 * <p>Ticks are of 10 ms, not of the wheel's default 100: it takes in at most 100,000 timers a tick,
 * so with the default its queue would grow without bound under the load of these measurements.
 */
final class NettyWheelPeer implements Peer {
    private static final long TICK_MILLIS = 10;
    private static final long SWEPT_TICK_MILLIS = 1;

    private final LongSupplier ids = Ids.cheap();
    private final WheelSessions<Long> sessions;

    NettyWheelPeer(PeerOptions options) {
        sessions = new WheelSessions<>(
                options.sessionTimeout(), options.swept() ? SWEPT_TICK_MILLIS : TICK_MILLIS, options.swept());
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
