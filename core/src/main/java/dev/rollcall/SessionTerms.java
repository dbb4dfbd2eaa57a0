package dev.rollcall;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * What few sessions have to themselves: timeouts, in nanoseconds, and claim secret; and the shard, so
 * that a session needs no reference for it (D-17). Immutable and replaced as a whole; sessions of a
 * shard that keep their manager's defaults share one instance.
 */
record SessionTerms<A>(Shard<A> shard, long sessionNanos, long reclaimNanos, byte[] claimSecret) {
    private static final byte[] NOTHING = {};

    SessionTerms<A> withSessionNanos(long nanos) {
        return new SessionTerms<>(shard, nanos, reclaimNanos, claimSecret);
    }

    SessionTerms<A> withReclaimNanos(long nanos) {
        return new SessionTerms<>(shard, sessionNanos, nanos, claimSecret);
    }

    /** When a session in this state is due, in quanta, or negative for never. */
    long deadline(long word) {
        if (SessionState.isDetached(word)) {
            return SessionState.time(word) + Quanta.ceil(reclaimNanos);
        }
        return sessionNanos == 0 ? -1 : SessionState.time(word) + Quanta.ceil(sessionNanos);
    }

    /** A caller's own copy of what it presents, so that it cannot change while it is compared. */
    static byte[] present(byte[] secret) {
        return Objects.requireNonNull(secret, "claim secret").clone();
    }

    /** In constant time for secrets of one length. A session without a secret takes any. */
    boolean mayClaim(byte[] presented) {
        return claimSecret == null || MessageDigest.isEqual(claimSecret, presented == null ? NOTHING : presented);
    }
}
