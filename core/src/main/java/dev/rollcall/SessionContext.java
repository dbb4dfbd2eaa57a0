package dev.rollcall;

import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a session belongs and by which terms it lives: its shard, its timeouts in nanoseconds, and
 * its claim secret, or null for none. The shard is kept here so that a session needs no field for
 * it (D-17). So is what every keepalive and create needs: the manager's time, and the session
 * timeout in quanta (negative for none). Immutable and replaced as a whole; the sessions of a shard
 * that keep their manager's timeouts and have no secret share one instance.
 */
record SessionContext<A>(
        Shard<A> shard,
        TimeSource time,
        long sessionNanos,
        long reclaimNanos,
        byte @Nullable [] claimSecret,
        long sessionQuanta) {
    private static final byte[] NOTHING = {};
    private static final long NEVER = -1;

    SessionContext(Shard<A> shard, long sessionNanos, long reclaimNanos, byte @Nullable [] claimSecret) {
        this(
                shard,
                shard.time,
                sessionNanos,
                reclaimNanos,
                claimSecret,
                sessionNanos == 0 ? NEVER : Quanta.ceil(sessionNanos));
    }

    SessionContext<A> withSessionNanos(long nanos) {
        return new SessionContext<>(shard, nanos, reclaimNanos, claimSecret);
    }

    SessionContext<A> withReclaimNanos(long nanos) {
        return new SessionContext<>(shard, sessionNanos, nanos, claimSecret);
    }

    SessionContext<A> withClaimSecret(byte @Nullable [] secret) {
        return new SessionContext<>(shard, sessionNanos, reclaimNanos, secret);
    }

    /** When a session in this state is due, in quanta, or a negative number if it never is. */
    long deadline(long word) {
        if (SessionState.isDetached(word)) {
            return SessionState.time(word) + Quanta.ceil(reclaimNanos);
        }
        return sessionQuanta == NEVER ? NEVER : SessionState.time(word) + sessionQuanta;
    }

    /**
     * A copy of the secret that a caller presents, so that the caller cannot change it meanwhile.
     */
    static byte[] present(byte[] secret) {
        return Objects.requireNonNull(secret, "claim secret").clone();
    }

    /** A copy of a secret that is to guard a session. */
    static byte[] checkedSecret(byte[] secret) {
        byte[] copy = present(secret);
        if (copy.length == 0) {
            throw new IllegalArgumentException("claim secret is empty");
        }
        return copy;
    }

    /**
     * Whether a claim that presents this secret, or null for none, is allowed. Takes the same time
     * wherever two secrets of one length differ, and never longer for what is presented: it is
     * called with the shard locked. A session without a secret accepts any.
     */
    boolean mayClaim(byte @Nullable [] presented) {
        byte[] proof = presented == null ? NOTHING : presented;
        return claimSecret == null || (claimSecret.length == proof.length && MessageDigest.isEqual(claimSecret, proof));
    }
}
