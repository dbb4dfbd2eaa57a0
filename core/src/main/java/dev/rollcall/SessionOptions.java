package dev.rollcall;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session is created with beyond its manager's defaults. Immutable; every method returns a
 * changed copy, so one value may serve for many sessions.
 *
 * @param <A> the type of the attachment
 */
public final class SessionOptions<A> {
    private static final SessionOptions<?> NONE = new SessionOptions<>(0, null, -1, -1, null);

    /** The chosen id, or 0 for a generated one. */
    final long id;

    final @Nullable A attachment;

    /** Nanoseconds, or negative for the manager's default. */
    final long sessionTimeout;

    /** Nanoseconds, or negative for the manager's default. */
    final long reclaimTimeout;

    /** Never handed out and never written, so sharing it between sessions is safe. */
    final byte @Nullable [] claimSecret;

    private SessionOptions(
            long id, @Nullable A attachment, long sessionTimeout, long reclaimTimeout, byte @Nullable [] claimSecret) {
        this.id = id;
        this.attachment = attachment;
        this.sessionTimeout = sessionTimeout;
        this.reclaimTimeout = reclaimTimeout;
        this.claimSecret = claimSecret;
    }

    /**
     * The manager's defaults: a generated id, no attachment, no claim secret.
     *
     * @param <A> the type of the attachment
     * @return the defaults
     */
    @SuppressWarnings("unchecked") // holds no A
    public static <A> SessionOptions<A> defaults() {
        return (SessionOptions<A>) NONE;
    }

    /**
     * Chooses the id instead of having one generated.
     *
     * @param id 1 … {@value SessionManager#MAX_ID}
     * @return the changed options
     * @throws IllegalArgumentException if the id is out of range
     */
    public SessionOptions<A> id(long id) {
        SessionIds.check("create", id);
        return new SessionOptions<>(id, attachment, sessionTimeout, reclaimTimeout, claimSecret);
    }

    /**
     * Gives the session an object of the application's own.
     *
     * @param attachment the object, or {@code null} for none
     * @return the changed options
     */
    public SessionOptions<A> attachment(@Nullable A attachment) {
        return new SessionOptions<>(id, attachment, sessionTimeout, reclaimTimeout, claimSecret);
    }

    /**
     * Gives the session its own session timeout.
     *
     * @param timeout how long it may be idle while attached; zero for ever
     * @return the changed options
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public SessionOptions<A> sessionTimeout(Duration timeout) {
        long nanos = Quanta.checkedNanos("session timeout", timeout);
        return new SessionOptions<>(id, attachment, nanos, reclaimTimeout, claimSecret);
    }

    /**
     * Gives the session its own reclaim timeout.
     *
     * @param timeout how long it may be claimed after the loss of its transport; zero to end it at
     *     once
     * @return the changed options
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public SessionOptions<A> reclaimTimeout(Duration timeout) {
        long nanos = Quanta.checkedNanos("reclaim timeout", timeout);
        return new SessionOptions<>(id, attachment, sessionTimeout, nanos, claimSecret);
    }

    /**
     * Guards claims: only a caller that presents the same bytes may claim the session. They are
     * compared in constant time: how long it takes tells how many they are, and nothing else.
     *
     * @param secret at least one byte; copied
     * @return the changed options
     * @throws IllegalArgumentException if empty
     */
    public SessionOptions<A> claimSecret(byte[] secret) {
        return new SessionOptions<>(
                id, attachment, sessionTimeout, reclaimTimeout, SessionContext.checkedSecret(secret));
    }

    SessionContext<A> context(SessionContext<A> defaults) {
        if (sessionTimeout < 0 && reclaimTimeout < 0 && claimSecret == null) {
            return defaults;
        }
        return new SessionContext<>(
                defaults.shard(),
                sessionTimeout < 0 ? defaults.sessionNanos() : sessionTimeout,
                reclaimTimeout < 0 ? defaults.reclaimNanos() : reclaimTimeout,
                claimSecret);
    }
}
