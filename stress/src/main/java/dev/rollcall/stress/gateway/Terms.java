package dev.rollcall.stress.gateway;

import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionOptions;
import dev.rollcall.Transport;
import java.time.Duration;
import java.util.Optional;

/** What an operator may change while the gateway runs. Thread-safe. */
final class Terms {
    private final SessionManager<Handles> sessions;

    /** The manager's own, which costs a session nothing. */
    private final Duration builtWith;

    private volatile Duration sessionTimeout;
    private volatile boolean isAccepting = true;

    Terms(SessionManager<Handles> sessions) {
        this.sessions = sessions;
        this.builtWith = sessions.status().sessionTimeout();
        this.sessionTimeout = builtWith;
    }

    boolean isAccepting() {
        return isAccepting;
    }

    /** Creates that are under way may still succeed when this returns. */
    void accept(boolean accepted) {
        isAccepting = accepted;
    }

    Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** Of all sessions, present and future, that were not given one of their own. */
    synchronized void setSessionTimeout(Duration timeout) {
        sessionTimeout = timeout;
        sessions.forEach(this::follow);
    }

    private synchronized void follow(Session<Handles> session) {
        if (!session.attachment().hasOwnTimeout()) {
            session.setSessionTimeout(sessionTimeout);
        }
    }

    /** Gives a session a timeout of its own, or takes it away if {@code own} is empty. False if the session has ended. */
    synchronized boolean setSessionTimeout(Session<Handles> session, Optional<Duration> own) {
        session.attachment().ownTimeout(own.isPresent());
        return session.setSessionTimeout(own.orElse(sessionTimeout));
    }

    /** Creates a session with the session timeout of the day. */
    Session<Handles> create(Transport<Handles> owner, SessionOptions<Handles> options) {
        Duration given = sessionTimeout;
        Session<Handles> session = sessions.create(
                owner, (given.equals(builtWith) ? options : options.sessionTimeout(given)).attachment(new Handles()));
        // A change meanwhile may have visited all sessions before this one was among them.
        if (!given.equals(sessionTimeout)) {
            follow(session);
        }
        return session;
    }
}
