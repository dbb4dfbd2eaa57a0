package dev.rollcall;

/** Ids by the shard that they hash to, which depends on the manager. */
public final class ShardChoice {
    private ShardChoice() {}

    /**
     * The next id that hashes to a shard.
     *
     * @param manager the manager
     * @param shard the shard's index
     * @param atLeast where to begin
     * @return the id
     */
    public static long id(SessionManager<?> manager, int shard, long atLeast) {
        long id = atLeast;
        while (manager.shards.of(id).index != shard) {
            id++;
        }
        return id;
    }
}
