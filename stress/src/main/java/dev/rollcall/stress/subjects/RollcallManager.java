package dev.rollcall.stress.subjects;

import dev.rollcall.CounterStrategy;
import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Transport;
import dev.rollcall.stress.check.SessionSubject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Rollcall on a clock that is moved by hand. Sessions without a transport of their own are on one that is never lost. */
abstract class RollcallManager
        implements SessionSubject,
                SessionSubject.UniqueIds,
                SessionSubject.Reclaim,
                SessionSubject.Limit,
                SessionSubject.Events,
                SessionSubject.SessionTimeouts,
                SessionSubject.Listing,
                SessionSubject.Shutdown,
                SessionSubject.SecondCount {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CounterStrategy strategy;
    private final AtomicLong nanos = new AtomicLong();
    private final RecentEnds ended = new RecentEnds();
    private final Map<String, Transport<Void>> transports = new ConcurrentHashMap<>();
    private SessionManager<Void> manager;
    private Transport<Void> home;

    RollcallManager(CounterStrategy strategy) {
        this.strategy = strategy;
        build(Long.MAX_VALUE);
    }

    private void build(long maxSessions) {
        manager = SessionManager.<Void>builder()
                .shards(1)
                .counter(strategy)
                .tick(HOUR)
                .sessionTimeout(HOUR)
                .reclaimTimeout(HOUR)
                .maxSessions(maxSessions)
                .ticker(nanos::get)
                .listener(new SessionListener<>() {
                    @Override
                    public void ended(Session<Void> session, Transport<Void> from, EndCause cause) {
                        ended.add(Long.toString(session.id()));
                    }
                })
                .callerSweeps()
                .build();
        home = manager.openTransport("home");
    }

    private Transport<Void> transport(String name) {
        return transports.computeIfAbsent(name, manager::openTransport);
    }

    @Override
    public String create() {
        return Long.toString(manager.create(home).id());
    }

    @Override
    public Answer create(String id) {
        try {
            manager.create(home, SessionOptions.<Void>defaults().id(Long.parseLong(id)));
            return Answer.YES;
        } catch (SessionRejectedException refused) {
            return Answer.NO;
        }
    }

    @Override
    public String createOn(String transport) {
        try {
            return Long.toString(manager.create(transport(transport)).id());
        } catch (SessionRejectedException refused) {
            return null;
        }
    }

    @Override
    public Answer destroy(String id) {
        return Answer.of(manager.destroy(Long.parseLong(id)));
    }

    @Override
    public int sweep() {
        return manager.sweep();
    }

    @Override
    public Answer keepAlive(String id) {
        return Answer.of(manager.keepAlive(Long.parseLong(id)));
    }

    @Override
    public boolean find(String id) {
        return manager.find(Long.parseLong(id)) != null;
    }

    @Override
    public long count() {
        return manager.count();
    }

    /** By the conservation law, from one snapshot. */
    @Override
    public long secondCount() {
        SessionCounts counts = manager.counts();
        return counts.created() - counts.ended();
    }

    /** A timeout comes at most a tick late. */
    @Override
    public void makeDue(String id) {
        nanos.addAndGet(2 * HOUR.toNanos());
    }

    @Override
    public void makeReclaimDue(String id) {
        makeDue(id);
    }

    @Override
    public void gone(String transport) {
        transport(transport).gone();
    }

    @Override
    public Answer claim(String id, String transport) {
        try {
            return Answer.of(manager.claim(Long.parseLong(id), transport(transport)));
        } catch (SessionRejectedException refused) {
            return Answer.NO;
        }
    }

    @Override
    public long attachedTo(String transport) {
        return transport(transport).count();
    }

    @Override
    public void limitTo(int sessions) {
        build(sessions);
    }

    @Override
    public List<String> ended() {
        return ended.list();
    }

    @Override
    public Answer setTimeout(String id, Duration timeout) {
        Session<Void> session = manager.find(Long.parseLong(id));
        return Answer.of(session != null && session.setSessionTimeout(timeout));
    }

    @Override
    public Collection<String> list() {
        return manager.sessions().stream()
                .map(session -> Long.toString(session.id()))
                .toList();
    }

    @Override
    public void shutdown() {
        manager.close();
    }

    @Override
    public void close() {
        manager.close();
    }
}
