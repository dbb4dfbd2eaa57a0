package dev.rollcall.benchmarks.peers;

/** A client that knows its sessions by a number. */
abstract class IdClient implements Peer.Client {
    private final long[] ids;

    IdClient(int seats) {
        this.ids = new long[seats];
    }

    abstract long create();

    abstract boolean destroy(long id);

    abstract boolean keepAlive(long id);

    final long id(int seat) {
        return ids[seat];
    }

    @Override
    public final void create(int seat) {
        ids[seat] = create();
    }

    @Override
    public final boolean destroy(int seat) {
        return destroy(ids[seat]);
    }

    @Override
    public final boolean keepAlive(int seat) {
        return keepAlive(ids[seat]);
    }
}
