package dev.rollcall.stress.soak;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Transport;
import dev.rollcall.stress.soak.History.Entry;
import dev.rollcall.stress.soak.History.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A manager as the soak uses it: each operation notes in the session's history that it won, each
 * event that it was told. {@link Defect}s override single methods.
 */
class Facade implements SessionListener<History> {
    private final AtomicLong clock;
    private final Coverage coverage;
    private SessionManager<History> manager;

    Facade(AtomicLong clock, Coverage coverage) {
        this.clock = clock;
        this.coverage = coverage;
    }

    /** Before use; the manager has this as its first listener. */
    void manage(SessionManager<History> built) {
        manager = built;
    }

    SessionManager<History> manager() {
        return manager;
    }

    long clockNanos() {
        return clock.get();
    }

    /** Null if it was refused. */
    Session<History> create(Transport<History> transport, SessionOptions<History> options, History history) {
        try {
            Session<History> session = manager.create(transport, options.attachment(history));
            history.session(session);
            return session;
        } catch (SessionRejectedException refused) {
            coverage.refused("create", refused.reason());
            return null;
        }
    }

    boolean keepAlive(Session<History> session) {
        long before = clockNanos();
        return note(session, Kind.KEEPALIVE_RETURNED, before, session.keepAlive());
    }

    boolean claim(Session<History> session, Transport<History> to, byte[] secret) {
        long before = clockNanos();
        try {
            boolean claimed = secret == null ? session.claim(to) : session.claim(to, secret);
            return note(session, Kind.CLAIM_RETURNED, before, claimed);
        } catch (SessionRejectedException refused) {
            coverage.refused("claim", refused.reason());
            return false;
        }
    }

    boolean destroy(Session<History> session) {
        long before = clockNanos();
        return note(session, Kind.DESTROY_RETURNED, before, session.destroy());
    }

    boolean destroyByAdmin(Session<History> session) {
        long before = clockNanos();
        return note(session, Kind.ADMIN_DESTROY_RETURNED, before, session.destroyByAdmin());
    }

    boolean setSessionTimeout(Session<History> session, Duration timeout) {
        session.attachment().mayTimeOutAfter(timeout.toNanos());
        long before = clockNanos();
        return note(session, Kind.TIMEOUT_SET, before, session.setSessionTimeout(timeout));
    }

    boolean setReclaimTimeout(Session<History> session, Duration timeout) {
        session.attachment().mayBeReclaimedFor(timeout.toNanos());
        long before = clockNanos();
        return note(session, Kind.RECLAIM_TIMEOUT_SET, before, session.setReclaimTimeout(timeout));
    }

    void gone(Transport<History> transport) {
        transport.attachment(Carrier.class).goneCalled(clockNanos());
        transport.gone();
    }

    void close(Transport<History> transport) {
        transport.attachment(Carrier.class).goneCalled(clockNanos());
        transport.close();
    }

    int sweep() {
        return manager.sweep();
    }

    long live(SessionCounts counts) {
        return counts.live();
    }

    private boolean note(Session<History> session, Kind kind, long before, boolean won) {
        if (won) {
            session.attachment().add(new Entry(kind, null, null, null, before));
            coverage.won(kind);
        }
        return won;
    }

    @Override
    public void created(Session<History> session, Transport<History> transport) {
        tell(session, Kind.CREATED, null, transport, null);
    }

    @Override
    public void detached(Session<History> session, Transport<History> from) {
        tell(session, Kind.DETACHED, from, null, null);
    }

    @Override
    public void claimed(Session<History> session, Transport<History> from, Transport<History> to) {
        tell(session, Kind.CLAIMED, from, to, null);
    }

    @Override
    public void ended(Session<History> session, Transport<History> from, EndCause cause) {
        tell(session, Kind.ENDED, from, null, cause);
    }

    private void tell(
            Session<History> session, Kind kind, Transport<History> from, Transport<History> to, EndCause cause) {
        session.attachment().add(new Entry(kind, carrier(from), carrier(to), cause, clockNanos()));
        coverage.won(kind);
    }

    private static Carrier carrier(Transport<History> transport) {
        return transport == null ? null : transport.attachment(Carrier.class);
    }
}
