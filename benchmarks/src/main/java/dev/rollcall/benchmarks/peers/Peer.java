package dev.rollcall.benchmarks.peers;

/** A session manager under measurement. */
public interface Peer extends AutoCloseable {
    /** A way in for one thread: a transport of its own where there is such a thing. */
    Client connect(String name);

    /** How many sessions are live, asked the peer's own way. */
    long count();

    @Override
    void close();

    /** One thread's way into a peer. Confined to that thread; the peer is not. */
    interface Client {
        /** Creates a session with a fresh id; returns the id. */
        long create();

        /** Ends a session; true if this call did it. */
        boolean destroy(long id);

        /** Records activity of a session; true if there is one with that id. */
        boolean keepAlive(long id);
    }
}
