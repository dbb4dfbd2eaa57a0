package dev.rollcall.stress.cluster;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Handles;
import java.util.concurrent.TimeUnit;
import org.jgroups.JChannel;
import org.jgroups.blocks.atomic.AsyncCounter;
import org.jgroups.blocks.atomic.CounterService;
import org.jgroups.protocols.COUNTER;

/**
 * The control of the fleet's figure: the obvious way, one counter that all nodes share, up with each
 * session and down with its end. The counter is the engine's own and survives its nodes. The
 * sessions of a node that is killed do not, and nobody counts them down (WFLY-8931).
 */
final class SharedCounter implements SessionListener<Handles>, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Seat seat;
    private final JChannel channel;
    private final AsyncCounter counter;

    /** Joins those who count at these seats. */
    SharedCounter(String seatList) throws Exception {
        Seats seats = Seats.parse(seatList);
        seat = seats.take("shared counter");
        channel = Engine.channel(seats, seat.number(), new COUNTER());
        channel.connect("shared counter");
        counter = new CounterService(channel)
                .getOrCreateAsyncCounter("live", 0)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void created(Session<Handles> session, Transport<Handles> owner) {
        counter.incrementAndGet();
    }

    @Override
    public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
        counter.decrementAndGet();
    }

    /** What it says how many sessions are live. */
    long live() throws Exception {
        return counter.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** How many nodes it sees, itself included. Its engine's channel is another one than the fleet's. */
    int nodes() {
        return channel.getView().size();
    }

    /** Cuts it off from the others, or no longer. */
    void cutOff(boolean isCut) throws Exception {
        Cut.set(channel, isCut);
    }

    @Override
    public void close() {
        channel.close();
        seat.close();
    }
}
