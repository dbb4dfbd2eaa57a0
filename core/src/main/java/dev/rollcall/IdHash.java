package dev.rollcall;

/** The hash of session ids: chooses shard (high bits) and bucket (low bits). */
final class IdHash {
    /**
     * Odd, and secret against ids chosen to collide: who knew it could choose one long chain. One for
     * the process, so that the compiler has it as a constant. M. Dietzfelbinger et al., "A Reliable
     * Randomized Algorithm for the Closest-Pair Problem", J. Algorithms 25(1), 1997: multiplication
     * by a random odd number is universal in the high bits.
     */
    private static final long SECRET =
            SecureIds.shared().getAsLong() << 11 ^ SecureIds.shared().getAsLong() << 1 | 1;

    private IdHash() {}

    /**
     * A bijection of the ids, so that two ids never have the same hash. The second multiplication
     * spreads what the first leaves regular in ids that count up.
     */
    static long of(long id) {
        long hash = id * SECRET;
        hash = (hash ^ hash >>> 32) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 32;
    }
}
