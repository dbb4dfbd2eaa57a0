package dev.rollcall.stress.controls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One session and two transports that each keep a set of their sessions. Every operation looks
 * first and acts then, with no lock that spans both: the shape of Janus' requests, which are handled
 * by one thread while transports report their loss on others.
 *
 * <p>Janus: of 1,000 clients that create a session and close at once most leave it behind, attached
 * to a transport that is gone; claims the same; and a claim racing the loss of the old transport is
 * undone by it (janus-gateway PR #1990; agent-portal #1256 and fluxmq PR #597: the old connection's
 * late disconnect removes its successor's entry).
 */
public final class UnlockedTransports {
    /** A transport. */
    public static final class Link {
        private volatile boolean gone;
        private final Set<Long> sessions = ConcurrentHashMap.newKeySet();

        /** Whether the session is in this transport's set. */
        public boolean holds(long id) {
            return sessions.contains(id);
        }
    }

    private volatile Link owner;
    private volatile boolean ended;

    /** Create, or the move of a claim: refused if the transport is gone, else attached to it. */
    public boolean attach(long id, Link to) {
        if (to.gone || ended) {
            return false;
        }
        Link from = owner;
        if (from != null) {
            from.sessions.remove(id);
        }
        to.sessions.add(id);
        owner = to;
        return true;
    }

    /** Transport gone: ends the session if it is in the transport's set. */
    public void gone(long id, Link transport) {
        transport.gone = true;
        if (transport.sessions.contains(id)) {
            end(id, transport);
        }
    }

    /** Destroy; whether the session was live. */
    public boolean destroy(long id) {
        if (ended) {
            return false;
        }
        Link from = owner;
        ended = true;
        from.sessions.remove(id);
        return true;
    }

    /** Whether the session has ended. */
    public boolean isEnded() {
        return ended;
    }

    /** The owner, also of an ended session. */
    public Link owner() {
        return owner;
    }

    private void end(long id, Link transport) {
        transport.sessions.remove(id);
        ended = true;
    }
}
