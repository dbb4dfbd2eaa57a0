package dev.rollcall.benchmarks.peers;

import java.time.Duration;

/**
 * How a peer is opened.
 *
 * @param shards for the manager, or {@link #DEFAULT_SHARDS}; peers have none
 * @param sessionTimeout how long a session may be idle
 * @param time for peers that take a clock
 * @param swept whether the caller sweeps a peer that has a thread of its own for it
 */
public record PeerOptions(int shards, Duration sessionTimeout, PeerTime time, boolean swept) {
    /** The manager's own choice. */
    public static final int DEFAULT_SHARDS = 0;

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    /** As users get it: the system's time, timeouts that no measurement lasts for. */
    public static PeerOptions usual() {
        return sharded(DEFAULT_SHARDS);
    }

    /** As {@link #usual}, with so many shards. */
    public static PeerOptions sharded(int shards) {
        return new PeerOptions(shards, USUAL_TIMEOUT, PeerTime.system(), false);
    }

    /** For what is about timeouts: time passes by hand and the caller sweeps, where that is possible. */
    public static PeerOptions timed(Duration sessionTimeout) {
        return new PeerOptions(DEFAULT_SHARDS, sessionTimeout, PeerTime.byHand(), true);
    }
}
