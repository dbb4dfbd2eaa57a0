package dev.rollcall;

import java.security.SecureRandom;

/** The hash of session ids. It chooses a session's shard (high bits) and bucket (low bits). */
final class IdHash {
    /**
     * Odd, and secret: whoever knew it could choose ids that all hash to one chain. There is one
     * for the process, so that the compiler has it as a constant. It comes from SecureRandom and
     * not from {@link SecureIds}, so that a manager with an id source of its own needs no cipher.
     *
     * <p>M. Dietzfelbinger et al., "A Reliable Randomized Algorithm for the Closest-Pair Problem",
     * J. Algorithms 25(1), 1997: multiplication by a random odd number is universal in the high
     * bits.
     */
    private static final long SECRET = new SecureRandom().nextLong() | 1;

    private IdHash() {}

    /**
     * A bijection of the ids, so that two ids never have the same hash. In ids that count up the
     * first multiplication leaves a regular pattern; the second one spreads it (D-14).
     */
    static long of(long id) {
        long hash = id * SECRET;
        hash = (hash ^ hash >>> 32) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 32;
    }
}
