package dev.rollcall;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * A session's timeouts, in nanoseconds, and its claim secret. Immutable and replaced as a whole;
 * sessions that keep their manager's defaults share one instance.
 */
record SessionTerms(long sessionNanos, long reclaimNanos, byte[] claimSecret) {
    private static final byte[] NOTHING = {};

    SessionTerms withSessionNanos(long nanos) {
        return new SessionTerms(nanos, reclaimNanos, claimSecret);
    }

    SessionTerms withReclaimNanos(long nanos) {
        return new SessionTerms(sessionNanos, nanos, claimSecret);
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
