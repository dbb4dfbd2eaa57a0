package dev.rollcall.stress.drift;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The real manager, on a clock that the replay drives. */
final class RollcallSubject implements DriftSubject {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(100);

    private final AtomicLong nanos = new AtomicLong();
    private final SessionManager<Void> manager = SessionManager.<Void>builder()
            .sessionTimeout(SESSION_TIMEOUT)
            .tick(TICK)
            .ticker(nanos::get)
            .callerSweeps()
            .build();

    @Override
    public void create(long id) {
        Transport<Void> transport = manager.openTransport("client");
        manager.create(transport, SessionOptions.<Void>defaults().id(id));
    }

    @Override
    public void keepAlive(long id) {
        manager.keepAlive(id);
    }

    @Override
    public boolean destroy(long id) {
        return manager.destroy(id);
    }

    @Override
    public void transportGone(long id) {
        Session<Void> session = manager.find(id);
        if (session == null) {
            return;
        }
        Transport<Void> transport = session.transport();
        if (transport != null) {
            transport.gone();
        }
    }

    /** A tick more than the session timeout: a timeout comes at most that late. */
    @Override
    public void passSessionTimeout(List<Long> silent) {
        nanos.addAndGet(SESSION_TIMEOUT.plus(TICK).toNanos());
    }

    @Override
    public int endIdle(List<Long> silent) {
        return manager.sweep();
    }

    @Override
    public long shown() {
        return manager.count();
    }

    /** By listing every session, so by nothing that counts. */
    @Override
    public long live() {
        return manager.sessions().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
