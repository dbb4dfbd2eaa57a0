package dev.rollcall.benchmarks.peers;

/**
 * A client that knows its sessions by an object.
 *
 * @param <K> a text that is their id, or the session itself
 */
abstract class KeyClient<K> implements Peer.Client {
    private final K[] keys;

    @SuppressWarnings("unchecked") // never handed out, and only holds what create() returned
    KeyClient(int seats) {
        this.keys = (K[]) new Object[seats];
    }

    abstract K create();

    abstract boolean destroy(K key);

    abstract boolean keepAlive(K key);

    @Override
    public final void create(int seat) {
        keys[seat] = create();
    }

    @Override
    public final boolean destroy(int seat) {
        return destroy(keys[seat]);
    }

    @Override
    public final boolean keepAlive(int seat) {
        return keepAlive(keys[seat]);
    }
}
