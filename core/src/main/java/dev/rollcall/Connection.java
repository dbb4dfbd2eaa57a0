package dev.rollcall;

/**
 * A transport and the session that was created with it, as {@link SessionManager#connect} returns
 * them. Only a pair: it does not follow the session when that is claimed for another transport. Publish
 * it safely (by a volatile field, a lock, a queue): in a data race it may have no session yet.
 *
 * @param <A> the type of the session's attachment
 */
public final class Connection<A> {
    private final Transport<A> transport;
    private Session<A> session;

    /** Without a session yet: this is made first, for nothing may fail once there is one. */
    @SuppressWarnings("NullAway.Init") // with() comes before anybody gets it
    Connection(Transport<A> transport) {
        this.transport = transport;
    }

    Connection<A> with(Session<A> created) {
        session = created;
        return this;
    }

    /**
     * The transport: call {@link Transport#gone} on it when the connection is lost, or {@link
     * Transport#close} when it was closed in an orderly way.
     *
     * @return the transport that was opened
     */
    public Transport<A> transport() {
        return transport;
    }

    /**
     * The session.
     *
     * @return the session that was created
     */
    public Session<A> session() {
        return session;
    }

    /** The session, without the whole id; safe to log. */
    @Override
    public String toString() {
        return session.toString();
    }
}
