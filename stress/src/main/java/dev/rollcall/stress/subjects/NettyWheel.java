package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
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
import java.util.concurrent.locks.LockSupport;

/**
 * A map with a number beside it, and one timer task per session on Netty's wheel. A keepalive only writes down the time;
 * a task that fires too early files itself again, as Netty's own idle handler does. Its clock is the system's. The
 * wheel's thread is held up by a task of its own until a sweep asks for it.
 */
public final class NettyWheel implements SessionSubject, SessionSubject.UniqueIds, SessionSubject.Shared {
    private static final Duration TIMEOUT = Duration.ofMillis(4);

    private final ConcurrentMap<String, TimedSession> map = new ConcurrentHashMap<>();
    private final AtomicLong live = new AtomicLong();
    private final HashedWheelTimer timer =
            new HashedWheelTimer(new DefaultThreadFactory("wheel", true), 1, TimeUnit.MILLISECONDS);
    private final Hold hold = new Hold();

    /** Made by the suite. */
    public NettyWheel() {}

    @Override
    public String create() {
        String id = Ids.next();
        create(id);
        return id;
    }

    @Override
    public Answer create(String id) {
        TimedSession session = new TimedSession(id);
        if (map.putIfAbsent(id, session) != null) {
            return Answer.NO;
        }
        live.incrementAndGet();
        session.timeout = timer.newTimeout(session, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        return Answer.YES;
    }

    @Override
    public Answer destroy(String id) {
        TimedSession session = map.remove(id);
        if (session == null) {
            return Answer.NO;
        }
        live.decrementAndGet();
        Timeout timeout = session.timeout;
        if (timeout != null) {
            timeout.cancel();
        }
        return Answer.YES;
    }

    @Override
    public int sweep() {
        hold.letGo();
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        TimedSession session = map.get(id);
        if (session == null) {
            return Answer.NO;
        }
        session.lastActivityNanos = System.nanoTime();
        return Answer.YES;
    }

    @Override
    public boolean find(String id) {
        return map.containsKey(id);
    }

    @Override
    public long count() {
        return live.get();
    }

    /** Waits: a tick more than the timeout. */
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
        hold.close();
        timer.stop();
    }

    private final class TimedSession implements TimerTask {
        private final String id;
        private volatile long lastActivityNanos = System.nanoTime();
        private volatile Timeout timeout;

        TimedSession(String id) {
            this.id = id;
        }

        @Override
        public void run(Timeout fired) {
            long leftNanos = TIMEOUT.toNanos() - (System.nanoTime() - lastActivityNanos);
            if (leftNanos > 0) {
                timeout = timer.newTimeout(this, leftNanos, TimeUnit.NANOSECONDS);
            } else if (map.remove(id, this)) {
                live.decrementAndGet();
            }
        }
    }

    /** Let go, the wheel catches up tick by tick without waiting; the next hold is filed behind all that was there. */
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
