package dev.rollcall.benchmarks.peers;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A {@link ConcurrentHashMap} with a number beside it and one timer task per session on Netty's
 * wheel. A keepalive only writes down the time; a task that fires too early files itself again, as
 * Netty's own idle handler does.
 *
 * <p>Ticks are of 10 ms, not of the wheel's default 100: it takes in at most 100,000 timers a tick,
 * so with the default its queue would grow without bound under the load of these measurements.
 */
final class NettyWheelPeer implements Peer {
    private static final long TICK_MILLIS = 10;
    private static final long SWEPT_TICK_MILLIS = 1;

    private final ConcurrentHashMap<Long, TimedSession> map = new ConcurrentHashMap<>();
    private final AtomicLong live = new AtomicLong();
    private final LongSupplier ids = Ids.cheap();
    private final HashedWheelTimer timer;
    private final long timeoutNanos;
    private final Hold hold;

    NettyWheelPeer(PeerOptions options) {
        this.timeoutNanos = options.sessionTimeout().toNanos();
        this.timer = new HashedWheelTimer(
                new DefaultThreadFactory("wheel", true),
                options.swept() ? SWEPT_TICK_MILLIS : TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        this.hold = options.swept() ? new Hold() : null;
    }

    @Override
    public Client connect(String name, int seats) {
        return new IdClient(seats) {
            @Override
            long create() {
                return NettyWheelPeer.this.create(name);
            }

            @Override
            boolean destroy(long id) {
                TimedSession session = map.remove(id);
                if (session == null) {
                    return false;
                }
                live.decrementAndGet();
                session.timeout.cancel();
                return true;
            }

            @Override
            boolean keepAlive(long id) {
                TimedSession session = map.get(id);
                if (session == null) {
                    return false;
                }
                session.lastActivityNanos = System.nanoTime();
                return true;
            }
        };
    }

    private long create(String owner) {
        TimedSession session = new TimedSession(ids.getAsLong(), owner);
        while (map.putIfAbsent(session.id, session) != null) {
            session = new TimedSession(ids.getAsLong(), owner);
        }
        live.incrementAndGet();
        session.timeout = timer.newTimeout(session, timeoutNanos, TimeUnit.NANOSECONDS);
        return session.id;
    }

    @Override
    public long count() {
        return live.get();
    }

    /** Lets the wheel's thread go on until it has caught up with the present. */
    @Override
    public void sweep() {
        if (hold == null) {
            throw new UnsupportedOperationException("the wheel sweeps on its own");
        }
        hold.letGo();
    }

    @Override
    public void close() {
        if (hold != null) {
            hold.close();
        }
        timer.stop();
        map.clear();
    }

    private final class TimedSession implements TimerTask {
        private final long id;
        private final String owner;
        private volatile long lastActivityNanos = System.nanoTime();
        private volatile Timeout timeout;

        TimedSession(long id, String owner) {
            this.id = id;
            this.owner = owner;
        }

        @Override
        public void run(Timeout fired) {
            long leftNanos = timeoutNanos - (System.nanoTime() - lastActivityNanos);
            if (leftNanos > 0) {
                timeout = timer.newTimeout(this, leftNanos, TimeUnit.NANOSECONDS);
            } else if (map.remove(id, this)) {
                live.decrementAndGet();
            }
        }

        @Override
        public String toString() {
            return "session of " + owner;
        }
    }

    /**
     * Holds the wheel's thread up in a task of its own, as a slow task would, so that everything can
     * come due meanwhile. Let go, the wheel catches up tick by tick without waiting; the next hold is
     * filed behind all that was there.
     */
    private final class Hold implements TimerTask {
        private final Semaphore arrived = new Semaphore(0);
        private final Semaphore released = new Semaphore(0);
        private volatile boolean closed;

        Hold() {
            timer.newTimeout(this, 0, TimeUnit.NANOSECONDS);
            arrived.acquireUninterruptibly();
        }

        void letGo() {
            timer.newTimeout(this, 0, TimeUnit.NANOSECONDS);
            released.release();
            arrived.acquireUninterruptibly();
        }

        void close() {
            closed = true;
            released.release();
        }

        @Override
        public void run(Timeout fired) {
            arrived.release();
            if (!closed) {
                released.acquireUninterruptibly();
            }
        }
    }

    @Override
    public void advance(Duration by) {
        PeerTime.system().advance(by);
    }
}
