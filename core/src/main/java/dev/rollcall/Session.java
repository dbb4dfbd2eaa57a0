package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one session, from its creation on. It stays valid after the session has ended (and
 * says so); it never stands for another session that was later created with the same id (guarantee
 * G7).
 *
 * <p>All methods are thread-safe. Operations return whether this call did it: {@code false} means
 * that the session had already ended, which a race makes normal.
 *
 * @param <A> the type of the attachment
 */
public final class Session<A> {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "state", VarHandle.class, Session.class, long.class);
    private static final VarHandle NEXT =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "next", VarHandle.class, Session.class, Session.class);
    private static final VarHandle OWNER =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "owner", VarHandle.class, Session.class, Transport.class);
    private static final VarHandle CONTEXT =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "context", VarHandle.class, Session.class, SessionContext.class);
    private static final VarHandle LAST_EVENT =
            ConstantBootstraps.fieldVarHandle(LOOKUP, "lastEvent", VarHandle.class, Session.class, SessionEvent.class);

    final long id;

    /** When it was created, coarsely; see {@link Quanta#toCoarse}. */
    final int created;

    /**
     * See {@link SessionState}. Changed by compare-and-set only, all but keepalive under the lock.
     */
    volatile long state;

    /** The table's link. Written by {@link SessionTable}. */
    volatile @Nullable Session<?> next;

    /**
     * The owner, null unless attached. Written under the lock: by a claim before the state word, by
     * an end or a loss after it, so that with an attached word it is never null (see transport()).
     */
    private volatile @Nullable Transport<A> owner;

    /** Written under the lock. Of the same shard always. */
    volatile SessionContext<A> context;

    private final @Nullable A attachment;

    /**
     * Where it is among its owner's sessions of the shard, see {@link Members}. Confined to the
     * lock.
     */
    int place = Members.NONE;

    /**
     * The newest event that is not delivered yet, null if there is none; see {@link SessionEvent}.
     */
    private volatile @Nullable SessionEvent<A> lastEvent;

    @SuppressWarnings("NullAway.Init") // it does not see that a VarHandle writes the context
    Session(long id, @Nullable A attachment, SessionContext<A> context, Transport<A> owner, long nowQuanta) {
        this.id = id;
        this.attachment = attachment;
        this.created = Quanta.toCoarse(nowQuanta);
        // Not yet shared: the table's release publishes these, so no fence is due here.
        STATE.set(this, SessionState.attached(nowQuanta));
        OWNER.set(this, owner);
        CONTEXT.set(this, context);
    }

    /**
     * The id. It is a capability: keep it out of logs.
     *
     * @return 1 … {@value SessionManager#MAX_ID}
     */
    public long id() {
        return id;
    }

    /**
     * What the application attached at creation.
     *
     * @return the object, or {@code null} if there is none
     */
    public @Nullable A attachment() {
        return attachment;
    }

    /**
     * The phase at the time of the call.
     *
     * @return the phase; {@link SessionPhase#ENDED} is for good
     */
    public SessionPhase phase() {
        return SessionState.phase(state);
    }

    /**
     * Whether the session has not ended.
     *
     * @return true if attached or detached at the time of the call
     */
    public boolean isLive() {
        return !SessionState.isEnded(state);
    }

    /**
     * Why the session ended.
     *
     * @return the cause, or {@code null} while the session is live
     */
    public @Nullable EndCause endCause() {
        long word = state;
        return SessionState.isEnded(word) ? SessionState.cause(word) : null;
    }

    /**
     * The owner at the time of the call.
     *
     * @return the transport, or {@code null} if the session is detached or ended
     */
    public @Nullable Transport<A> transport() {
        while (true) {
            long word = state;
            if (!SessionState.isAttached(word)) {
                return null;
            }
            Transport<A> transport = owner;
            if (SessionState.sameOwnership(word, state)) {
                return transport;
            }
        }
    }

    /**
     * Records activity: the session timeout starts anew (guarantee
     * <a href="package-summary.html#G3">G3</a>). Takes no lock and never waits (G11).
     *
     * @return false if the session is not attached: it has ended, or lost its transport and can
     *     only be claimed; a keepalive does not prolong the reclaim timeout
     */
    public boolean keepAlive() {
        return keepAlive(context.time().ceilQuanta());
    }

    /** The same, at a time that was read after the call began. */
    boolean keepAlive(long now) {
        long word = state;
        while (SessionState.isAttached(word)) {
            // Activity at least as late is on record: nothing to write, nothing to move back.
            if (SessionState.time(word) >= now) {
                return true;
            }
            long seen = (long) STATE.compareAndExchange(this, word, SessionState.active(word, now));
            if (seen == word) {
                return true;
            }
            word = seen;
        }
        return false;
    }

    /**
     * Records activity as {@link #keepAlive()} does, if the session is this transport's: for servers
     * that serve a session only on its own connection. Takes no lock and never waits (G11).
     *
     * @param by the transport that the client is on
     * @return false if the transport does not own the session at an instant between call and return:
     *     it is another's, detached or ended; then nothing was changed
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean keepAlive(Transport<A> by) {
        context.shard().manager.checkOwn("keep alive", by);
        long now = context.time().ceilQuanta();
        long word = state;
        while (SessionState.isAttached(word)) {
            // A claim in between changes the word: then the owner was perhaps not that of this word.
            boolean isOwner = owner == by;
            long seen;
            if (isOwner && SessionState.time(word) < now) {
                seen = (long) STATE.compareAndExchange(this, word, SessionState.active(word, now));
                if (seen == word) {
                    return true;
                }
            } else {
                seen = state;
                if (SessionState.sameOwnership(word, seen)) {
                    return isOwner;
                }
            }
            word = seen;
        }
        return false;
    }

    /**
     * Moves the session to another transport (guarantee <a href="package-summary.html#G4">G4</a>)
     * and counts as activity. The present owner, if there is one, is not asked. Claiming for the
     * present owner is a claim too.
     *
     * @param to the new owner
     * @return false if the session had ended
     * @throws SessionRejectedException if the transport is gone, the manager closed, or the session
     *     guarded by a claim secret; nothing was changed
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean claim(Transport<A> to) {
        return shard().manager.claim(this, to, null);
    }

    /**
     * Moves the session to another transport, as {@link #claim(Transport)} does, with proof of
     * ownership.
     *
     * @param to the new owner
     * @param secret what {@link SessionOptions#claimSecret} was given; ignored by a session without
     * @return false if the session had ended
     * @throws SessionRejectedException if the transport is gone, the manager closed, or the secret
     *     wrong; nothing was changed
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean claim(Transport<A> to, byte[] secret) {
        return shard().manager.claim(this, to, SessionContext.present(secret));
    }

    /**
     * Ends the session with cause {@link EndCause#DESTROYED}.
     *
     * @return true if this call ended it, which at most one call ever did (guarantee
     *     <a href="package-summary.html#G2">G2</a>)
     */
    public boolean destroy() {
        return shard().end(this, null, EndCause.DESTROYED);
    }

    /**
     * Ends the session with cause {@link EndCause#DESTROYED}, if it is this transport's: for servers
     * that let a session be ended only on its own connection. Of this and a claim for another
     * transport at the same time, one succeeds.
     *
     * @param by the transport that the client is on
     * @return true if this call ended it; false if it is another transport's, detached or ended
     * @throws IllegalArgumentException if the transport is another manager's
     */
    public boolean destroy(Transport<A> by) {
        Shard<A> shard = shard();
        shard.manager.checkOwn("destroy", by);
        return shard.end(this, by, EndCause.DESTROYED);
    }

    /**
     * Ends the session with cause {@link EndCause#ADMIN_DESTROYED}.
     *
     * @return true if this call ended it, which at most one call ever did (guarantee
     *     <a href="package-summary.html#G2">G2</a>)
     */
    public boolean destroyByAdmin() {
        return shard().end(this, null, EndCause.ADMIN_DESTROYED);
    }

    /**
     * Changes the session timeout, effective from the last activity: one shorter than the session
     * has already been idle makes it due at once.
     *
     * @param timeout how long it may be idle while attached; zero for ever
     * @return false if the session had ended
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public boolean setSessionTimeout(Duration timeout) {
        long nanos = Quanta.checkedNanos("session timeout", timeout);
        return shard().setContext(this, old -> old.withSessionNanos(nanos));
    }

    /**
     * Changes the reclaim timeout, effective from the instant of loss: for a detached session one
     * that has already passed makes it due at once. Zero ends it at once when its transport goes.
     *
     * @param timeout how long it may be claimed after a loss
     * @return false if the session had ended
     * @throws IllegalArgumentException if negative or too long for a {@code long} of nanoseconds
     */
    public boolean setReclaimTimeout(Duration timeout) {
        long nanos = Quanta.checkedNanos("reclaim timeout", timeout);
        return shard().setContext(this, old -> old.withReclaimNanos(nanos));
    }

    /**
     * Replaces the claim secret, or gives the session one: from now on only a caller that presents
     * these bytes may claim the session.
     *
     * @param secret at least one byte; copied
     * @return false if the session had ended
     * @throws IllegalArgumentException if empty
     */
    public boolean setClaimSecret(byte[] secret) {
        byte[] copy = SessionContext.checkedSecret(secret);
        return shard().setContext(this, old -> old.withClaimSecret(copy));
    }

    /**
     * Removes the claim secret: from now on every caller may claim the session.
     *
     * @return false if the session had ended
     */
    public boolean removeClaimSecret() {
        return shard().setContext(this, old -> old.withClaimSecret(null));
    }

    /**
     * The session timeout at the time of the call.
     *
     * @return zero for ever
     */
    public Duration sessionTimeout() {
        return Duration.ofNanos(context.sessionNanos());
    }

    /**
     * The reclaim timeout at the time of the call.
     *
     * @return zero if the session ends at once when its transport goes
     */
    public Duration reclaimTimeout() {
        return Duration.ofNanos(context.reclaimNanos());
    }

    /**
     * Everything about the session at one instant, for operators. May wait for a bounded batch.
     *
     * @return the details
     */
    public SessionInfo info() {
        return shard().info(this);
    }

    /**
     * The id's end, phase, and owner or cause; safe to log, for example
     * {@code session …4711 ATTACHED to ws-7}. Takes no lock and does not read the ticker. Beside a
     * claim it may name the owner before or after.
     */
    @Override
    public String toString() {
        long word = state;
        Transport<A> transport = SessionState.isAttached(word) ? owner : null;
        return "session " + SessionIds.masked(id) + ' ' + SessionState.toString(word)
                + (transport == null ? "" : " to " + transport.name());
    }

    /** The shard that it belongs to for ever. */
    Shard<A> shard() {
        return context.shard();
    }

    long hash() {
        return IdHash.of(id);
    }

    boolean compareAndSetState(long expected, long word) {
        return STATE.compareAndSet(this, expected, word);
    }

    void setNext(@Nullable Session<?> session) {
        NEXT.setRelease(this, session);
    }

    /** The owner. With the lock, or validated by its stamp. */
    @Nullable
    Transport<A> owner() {
        return owner;
    }

    void setOwner(@Nullable Transport<A> transport) {
        OWNER.setRelease(this, transport);
    }

    @SuppressWarnings("unchecked") // the field's type
    @Nullable
    SessionEvent<A> exchangeLastEvent(SessionEvent<A> event) {
        return (SessionEvent<A>) LAST_EVENT.getAndSet(this, event);
    }

    boolean clearLastEvent(SessionEvent<A> event) {
        return LAST_EVENT.compareAndSet(this, event, null);
    }
}
