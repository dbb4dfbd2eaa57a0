package dev.rollcall;

/** For scenarios that need sessions in particular shards: the hash is seeded, so ids must be tried. */
public final class ShardOf {
    private ShardOf() {}

    /** The number of the shard that an id belongs to. */
    public static int id(SessionManager<?> manager, long id) {
        return manager.shards.of(id).index;
    }

    /** The smallest id from {@code from} on that belongs to a shard. */
    public static long firstId(SessionManager<?> manager, int shard, long from) {
        long id = from;
        while (id(manager, id) != shard) {
            id++;
        }
        return id;
    }
}
