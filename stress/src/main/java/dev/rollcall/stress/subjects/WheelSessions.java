package dev.rollcall.stress.subjects;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link ConcurrentHashMap} with a number beside it and one timer task per session on Netty's wheel. A keepalive only
 * writes down the time; a task that fires too early files itself again, as Netty's own idle handler does. Raced here and
 * measured by the benchmarks. Thread-safe.
 *
 * @param <K> the type of the ids
 */
public final class WheelSessions<K> {
    /**
     * For a wheel that turns on its own. The wheel takes in at most 100,000 timers a tick, so with its default of 100 ms its
     * queue would grow without bound under the load of a measurement.
     */
    public static final long TURNING_TICK_MILLIS = 10;

    private final ConcurrentMap<K, TimedSession> map = new ConcurrentHashMap<>();
    private final AtomicLong live = new AtomicLong();
    private final HashedWheelTimer timer;
    private final long timeoutNanos;

    /** Null if the wheel turns on its own. */
    private final Hold hold;

    /**
     * No sessions yet.
     *
     * @param timeout how long a session lives without activity
     * @param tickMillis the wheel's tick
     * @param isSwept whether the wheel's thread is held up until {@link #sweep} asks for it
     */
    public WheelSessions(Duration timeout, long tickMillis, boolean isSwept) {
        timeoutNanos = timeout.toNanos();
        timer = new HashedWheelTimer(new DefaultThreadFactory("wheel", true), tickMillis, TimeUnit.MILLISECONDS);
        hold = isSwept ? new Hold() : null;
    }

    /** Creates a session; false if the id is taken. */
    public boolean create(K id, String owner) {
        TimedSession session = new TimedSession(id, owner);
        if (map.putIfAbsent(id, session) != null) {
            return false;
        }
        live.incrementAndGet();
        session.timeout = timer.newTimeout(session, timeoutNanos, TimeUnit.NANOSECONDS);
        return true;
    }

    /** Ends a session; true if this call did it. */
    public boolean destroy(K id) {
        TimedSession session = map.remove(id);
        if (session == null) {
            return false;
        }
        live.decrementAndGet();
        Timeout timeout = session.timeout;
        if (timeout != null) {
            timeout.cancel();
        }
        return true;
    }

    /** Records activity; false if there is no such session. */
    public boolean keepAlive(K id) {
        TimedSession session = map.get(id);
        if (session == null) {
            return false;
        }
        session.lastActivityNanos = System.nanoTime();
        return true;
    }

    /** Whether a lookup finds the session. */
    public boolean contains(K id) {
        return map.containsKey(id);
    }

    /** The number. */
    public long count() {
        return live.get();
    }

    /**
     * Lets the wheel's thread go on until it has caught up with the present.
     *
     * @throws UnsupportedOperationException if it turns on its own
     */
    public void sweep() {
        if (hold == null) {
            throw new UnsupportedOperationException("the wheel sweeps on its own");
        }
        hold.letGo();
    }

    /** Stops the wheel. */
    public void close() {
        if (hold != null) {
            hold.close();
        }
        timer.stop();
        map.clear();
    }

    private final class TimedSession implements TimerTask {
        private final K id;
        private final String owner;
        private volatile long lastActivityNanos = System.nanoTime();
        private volatile Timeout timeout;

        TimedSession(K id, String owner) {
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
     * Holds the wheel's thread up in a task of its own, as a slow task would, so that everything can come due meanwhile.
     * Let go, the wheel catches up tick by tick without waiting; the next hold is filed behind all that was there.
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
}
