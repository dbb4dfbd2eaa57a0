package dev.rollcall;

/** Ids by where they hash to, which is another place for an id in each process. */
public final class ShardChoice {
    private ShardChoice() {}

    /**
     * The next id that hashes to a shard and there to a place in a chain.
     *
     * @param manager the manager
     * @param shard the shard's index
     * @param lowBits what the hash ends with: the bucket, then what orders the chain
     * @param bits how many of them
     * @param atLeast where to begin
     * @return the id
     */
    public static long id(SessionManager<?> manager, int shard, int lowBits, int bits, long atLeast) {
        long mask = (1L << bits) - 1;
        long id = atLeast;
        while (manager.shards.of(id).index != shard || (IdHash.of(id) & mask) != lowBits) {
            id++;
        }
        return id;
    }
}
