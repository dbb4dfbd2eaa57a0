package dev.rollcall.benchmarks.peers;

import java.time.Duration;

/**
 * A session manager under measurement. What a subject cannot do throws {@link
 * UnsupportedOperationException}; {@link Subject#can} tells beforehand.
 */
public interface Peer extends AutoCloseable {
    /**
     * A way in for one thread that knows its sessions by id, as a gateway does: a transport of its
     * own where there is such a thing.
     *
     * @param seats for how many sessions the client has room
     */
    Client connect(String name, int seats);

    /** As {@link #connect}, but the client keeps hold of the session objects that it created. */
    default Client connectByHandle(String name, int seats) {
        throw new UnsupportedOperationException(this + " has no handles");
    }

    /** Creates a session on a transport of its own, of which nobody else keeps hold. */
    default void createAlone(String name) {
        throw new UnsupportedOperationException(this + " has no transports");
    }

    /** How many sessions are live, asked the peer's own way. */
    long count();

    /** One pass of the peer's own that ends what is due, on this thread. */
    default void sweep() {
        throw new UnsupportedOperationException(this + " has no timeouts");
    }

    /** Lets time pass: by hand where the peer takes a clock and was given one, else by waiting. */
    default void advance(Duration by) {
        PeerTime.system().advance(by);
    }

    @Override
    void close();

    /**
     * One thread's way into a peer, with a numbered seat for each of its sessions. A seat holds
     * whatever its user would know the session by; finding the session from that is part of what is
     * measured. Confined to its thread; the peer is not.
     */
    interface Client {
        /** Creates a session with a fresh id. */
        void create(int seat);

        /** Ends a session; true if this call did it. */
        boolean destroy(int seat);

        /** Records activity of a session; true if it is live. */
        boolean keepAlive(int seat);
    }

    /** A client that owns the sessions that it created or was given. */
    interface Owner extends Client {
        /** Moves the session in this client's seat to another owner; true if it is live. */
        boolean claim(int seat, Owner to);

        /** The connection is lost: every session that it owns ends. */
        void gone();
    }
}
