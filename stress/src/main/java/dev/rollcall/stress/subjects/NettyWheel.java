package dev.rollcall.stress.subjects;

import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** {@link WheelSessions}, whose wheel turns when a sweep asks for it. Its clock is the system's. */
public final class NettyWheel implements SessionSubject, SessionSubject.UniqueIds, SessionSubject.Shared {
    private static final Duration TIMEOUT = Duration.ofMillis(4);

    private final Duration timeout;
    private final WheelSessions<String> sessions;

    /** Made by the suite. */
    public NettyWheel() {
        this(TIMEOUT, 1, true);
    }

    private NettyWheel(Duration timeout, long tickMillis, boolean isSwept) {
        this.timeout = timeout;
        sessions = new WheelSessions<>(timeout, tickMillis, isSwept);
    }

    /** One whose wheel turns on its own, as a server's does. It cannot be swept. */
    static NettyWheel turning() {
        return new NettyWheel(Duration.ofHours(1), WheelSessions.TURNING_TICK_MILLIS, false);
    }

    @Override
    public String create() {
        String id = Ids.next();
        create(id);
        return id;
    }

    @Override
    public Answer create(String id) {
        return Answer.of(sessions.create(id, "client"));
    }

    @Override
    public Answer destroy(String id) {
        return Answer.of(sessions.destroy(id));
    }

    @Override
    public int sweep() {
        sessions.sweep();
        return UNTOLD;
    }

    @Override
    public Answer keepAlive(String id) {
        return Answer.of(sessions.keepAlive(id));
    }

    @Override
    public boolean find(String id) {
        return sessions.contains(id);
    }

    @Override
    public long count() {
        return sessions.count();
    }

    /** Waits: a tick more than the timeout. */
    @Override
    public void makeDue(String id) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < timeout.plusMillis(2).toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Override
    public Duration sessionTimeout() {
        return timeout;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
