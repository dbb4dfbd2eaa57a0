package dev.rollcall;

import dev.rollcall.count.LiveCounter;
import dev.rollcall.wheel.TimingWheel;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One slice of the manager: the sessions whose ids hash to it, with their table, timers, members of
 * transports and tallies, all under one lock.
 *
 * <p>Lock, tallies and table are superclasses and not parts, for the layout of the object: what
 * every create and destroy writes lies on one cache line, and what every lookup reads on another.
 */
final class Shard<A> extends SessionTable<A> {
    /*
     * Overview. A count kept beside a table drifts because something can change one and not the
     * other. Here every change of phase or owner is one critical section of one lock that changes
     * the state word, the table, the timer, the transport's members, the permits and the tallies,
     * or none of them. Whatever reads the tallies reads them at an instant without such a section
     * (Shards.collect), so it can never see a session that the table has and they have not.
     *
     *     create:   look for the place; lock; refuse, or: link, attach, file, tally; unlock; tell
     *     end:      look for the place; lock; state word -> ENDED by compare-and-set, or lose; then
     *               unlink, detach, tally; unlock; tell the listeners
     *     detach, claim: the same with their edges of SessionState, without the look
     *     keepalive: no lock; compare-and-set of the time in the state word
     *     lookup:    no lock; SessionTable.find
     *
     * Looking before locking. Most of what a create or an end costs is loading cold cache lines:
     * the bucket and its chain. A thread that loads them before it takes the lock keeps nobody
     * waiting meanwhile. A create also looks before it reads the clock: processors read a clock
     * only once all earlier loads have arrived, so loads after it could not overlap with what the
     * thread did before. Then it takes the lock on the condition that the lock's stamp is still the
     * one from before the look; if it is, what it saw still holds. Otherwise it looks again, with
     * the lock held.
     *
     * Timers. What is filed in the wheel is a block of sixteen buckets, under the tick of the
     * earliest deadline in it or an earlier one. When that tick has come, the sweep ends what is
     * due in the block and files it again for the rest. So a session that comes and goes, or is
     * kept alive, writes nothing of the wheel. A block holds about eight sessions, so a session is
     * looked at up to about eight times per timeout, each time together with its neighbours.
     *
     * Invariants, whenever the lock is free.
     * S1  live() == size; attached and detached likewise by phase.
     * S2  created == live + sum of ended.
     * S3  A live session is in the table once, and among its owner's members iff attached.
     * S4  The block of a live session with a deadline is filed under a tick no later than the
     *     deadline's. (Keepalive only moves deadlines later, and an end leaves the block filed.)
     * S5  No session is attached to a transport whose gone() has passed this shard.
     * S6  Over all shards, permits taken == live, counter strategies == live.
     *
     * Linearization.
     *     create    | the table's write that publishes the session; counts() cannot fall between it
     *               | and the tally, for the lock is held
     *     end       | the compare-and-set to ENDED: from then on lookups miss the session; counts()
     *               | cannot fall between it and the tally, for the lock is held
     *     detach    | the compare-and-set
     *     claim     | the compare-and-set; for whoever reads the owner of an attached session without
     *               | the lock the write of it just before, which no other observer can tell from it
     *     a refusal | the read of what refuses: phase, transport, table, permits, in the section
     *     destroy that lost, claim of an ended one | the read of ENDED
     *     destroy by another than the owner | the read of the owner, in the section
     *     keepalive | its compare-and-set, or its last read
     *
     * Lock order. There is one lock per operation and it is never held while another is taken, but
     * for Shards.collect, which takes the read locks of all shards in order of number. User code
     * (ticker, id source, listeners, executor) never runs with it held.
     *
     * Progress. Creates, ends, claims and sweeps of one shard wait for each other, each for at most
     * a bounded batch. Keepalive is lock-free, and find is wait-free except for growth.
     *
     * Not done: a second lock for a transport's members (D-3).
     */

    final SessionManager<A> manager;
    final TimeSource time;

    /** The context of a session that has no timeouts and no secret of its own. */
    final SessionContext<A> defaults;

    final int index;
    final TimingWheel wheel = new TimingWheel();
    private final Settings<A> settings;
    private final Lifecycle lifecycle;
    private final Listeners<A> listeners;
    private final @Nullable LiveCounter counter;
    private final @Nullable Permits permits;

    /** The audit under way, or null. Confined to the lock. */
    @Nullable
    ShardAudit<A> audit;

    Shard(SessionManager<A> manager, Settings<A> settings, int index) {
        super(settings.isTallied());
        this.manager = manager;
        this.settings = settings;
        this.time = settings.time();
        this.index = index;
        this.defaults = new SessionContext<>(this, settings.sessionNanos(), settings.reclaimNanos(), null);
        this.lifecycle = settings.lifecycle();
        this.listeners = settings.listeners();
        this.counter = settings.counter();
        this.permits = settings.permits();
        this.wheel.reserve(blockOf(0));
    }

    /**
     * Creates a session, all or nothing (G1, G5, G7, G9).
     *
     * @param hash the id's {@link IdHash}
     * @param options those of the caller; with an id if the caller chose it
     * @return the session, or null if the id was generated and is taken
     * @throws SessionRejectedException if it was refused
     */
    @Nullable
    Session<A> create(long id, long hash, Transport<A> owner, SessionOptions<A> options) {
        // In this order: see "Looking before locking".
        long seen = tryOptimisticRead();
        int bucket = bucketOf(hash);
        Session<?> prev = before(bucket, id, hash);
        Session<A> next = after(bucket, prev);
        SessionContext<A> context = options.context(defaults);
        Session<A> session = new Session<>(id, options.attachment, context, owner, time.ceilQuanta());
        SessionEvent<A> event = listeners.newEvent();
        long deadline = context.deadline(session.state);
        RejectReason refusal;
        long stamp = lockIfUnchanged(seen);
        if (stamp == 0) {
            stamp = writeLock();
            bucket = bucketOf(hash);
            prev = before(bucket, id, hash);
            next = after(bucket, prev);
        }
        try {
            refusal = refusal(id, next, owner);
            if (refusal == null) {
                if (counter != null) {
                    counter.up();
                }
                insert(session, bucket, prev, next);
                owner.attach(index, session, hash);
                if (deadline >= 0) {
                    wheel.file(blockOf(bucket), settings.tickOf(deadline));
                }
                makeRoom();
                created();
                moved(session, false, null, true, owner);
                event.created(session, owner);
            } else {
                owner.release(index);
                if (refusal != RejectReason.DUPLICATE_ID || options.id != 0) {
                    rejectedCreate(refusal);
                }
            }
        } finally {
            unlockWrite(stamp);
        }
        if (refusal != null) {
            return refused(refusal, owner, options);
        }
        listeners.deliver(event);
        return session;
    }

    /** Throws, unless it is an id that was generated and turned out to be taken: then null. */
    private static <A> @Nullable Session<A> refused(
            RejectReason refusal, Transport<A> owner, SessionOptions<A> options) {
        if (refusal == RejectReason.DUPLICATE_ID && options.id == 0) {
            return null;
        }
        String subject = options.id == 0 ? "session" : "session " + SessionIds.masked(options.id);
        throw SessionRejectedException.of("create", refusal, subject, owner);
    }

    /** The permit comes last: nothing after it can fail, so it is never given back unused. */
    private @Nullable RejectReason refusal(long id, @Nullable Session<A> next, Transport<A> owner) {
        RejectReason refusal = lifecycle.refusal();
        if (refusal != null) {
            return refusal;
        }
        // In this order, so that gone() visits this shard if the transport is still open.
        owner.reserve(index);
        if (owner.isGone()) {
            return RejectReason.TRANSPORT_GONE;
        }
        if (next != null && next.id == id) {
            return RejectReason.DUPLICATE_ID;
        }
        if (reserve()) {
            wheel.reserve(blockOf(buckets() + 1));
        }
        return permits == null || permits.tryTake() ? null : RejectReason.LIMIT_REACHED;
    }

    /** Makes room in the table if it is too full. A new bucket's sessions keep their timer. */
    private void makeRoom() {
        for (int i = 0; i < 2 && isFull(); i++) {
            int from = split();
            wheel.follow(blockOf(buckets() - 1), blockOf(from));
        }
    }

    /** Ends the session with this id; true if this call did it (G2). */
    boolean end(long id, long hash, EndCause cause) {
        long seen = tryOptimisticRead();
        int bucket = bucketOf(hash);
        Session<?> prev = before(bucket, id);
        Session<A> session = after(bucket, prev);
        if (session == null || session.id != id) {
            // Absent, or missed beside a change of the chain.
            session = find(id, hash);
            seen = 0;
        }
        return session != null && end(session, hash, null, cause, seen, bucket, prev);
    }

    /** Ends a session unless it has ended; true if this call did it (G2). Null: whoever owns it. */
    boolean end(Session<A> session, @Nullable Transport<A> by, EndCause cause) {
        long hash = session.hash();
        long seen = tryOptimisticRead();
        int bucket = bucketOf(hash);
        return end(session, hash, by, cause, seen, bucket, before(bucket, session.id));
    }

    /** Bucket and predecessor are relied on if no writer came since {@code seen} was read. */
    private boolean end(
            Session<A> session,
            long hash,
            @Nullable Transport<A> by,
            EndCause cause,
            long seen,
            int seenBucket,
            @Nullable Session<?> seenBefore) {
        if (!session.isLive()) {
            return false;
        }
        SessionEvent<A> event = listeners.newEvent();
        int bucket = seenBucket;
        Session<?> prev = seenBefore;
        long stamp = lockIfUnchanged(seen);
        if (stamp == 0) {
            stamp = writeLock();
            bucket = bucketOf(hash);
            prev = before(bucket, session.id);
        }
        try {
            if ((by != null && session.owner() != by) || !toEnded(session, bucket, prev, cause, event)) {
                return false;
            }
        } finally {
            unlockWrite(stamp);
        }
        lifecycle.signal();
        listeners.deliver(event);
        return true;
    }

    /**
     * Moves a session to another owner (G4).
     *
     * @return whether it was live
     * @throws SessionRejectedException if it may not be moved there; nothing was changed
     */
    boolean claim(Session<A> session, Transport<A> to, byte @Nullable [] presented, long nowQuanta) {
        SessionEvent<A> event = listeners.newEvent();
        RejectReason refusal = null;
        long stamp = writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            refusal = claimRefusal(session, to, presented);
            if (refusal == null) {
                toClaimed(session, to, nowQuanta, event);
            } else {
                to.release(index);
                rejectedClaim(refusal);
            }
        } finally {
            unlockWrite(stamp);
        }
        if (refusal != null) {
            throw SessionRejectedException.of("claim", refusal, session.toString(), to);
        }
        listeners.deliver(event);
        return true;
    }

    private @Nullable RejectReason claimRefusal(Session<A> session, Transport<A> to, byte @Nullable [] presented) {
        if (!session.context.mayClaim(presented)) {
            return RejectReason.WRONG_SECRET;
        }
        if (lifecycle.phase() == ManagerPhase.CLOSED) {
            return RejectReason.CLOSED;
        }
        if (session.owner() != to) {
            to.reserve(index); // before the look at the flag, as for a create
        }
        return to.isGone() ? RejectReason.TRANSPORT_GONE : null;
    }

    /** Replaces what a session has to itself; false if it had ended. */
    boolean setContext(Session<A> session, UnaryOperator<SessionContext<A>> change) {
        long stamp = writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            session.context = change.apply(session.context);
            file(session);
            return true;
        } finally {
            unlockWrite(stamp);
        }
    }

    /** A session's details at one instant. */
    SessionInfo info(Session<A> session) {
        long now = time.floorQuanta();
        long stamp = tryOptimisticRead();
        if (stamp != 0) {
            SessionInfo info = new SessionInfo(session, now);
            if (validate(stamp)) {
                return info;
            }
        }
        boolean isInterrupted = readLock();
        try {
            return new SessionInfo(session, now);
        } finally {
            unlockRead(isInterrupted);
        }
    }

    /** Ends what is due, in batches; returns how many. Takes no lock if nothing can be due. */
    int sweep(long nowQuanta) {
        return wheel.nextTick() > nowQuanta >>> settings.stepShift()
                ? 0
                : newBatch().sweep(nowQuanta);
    }

    /**
     * Takes every session off a transport that is gone (G5, G6).
     *
     * @param cause why they end, or null if they are lost: those with grace are then detached
     * @return how many there were
     */
    long lose(Transport<A> transport, long nowQuanta, @Nullable EndCause cause) {
        return isWithout(transport) ? 0 : newBatch().lose(transport, nowQuanta, cause);
    }

    /** Ends every session and lets go of the memory for them. New ones are refused by then. */
    void endAll(EndCause cause) {
        newBatch().endAll(cause);
    }

    Batch<A> newBatch() {
        return new Batch<>(this, settings);
    }

    /**
     * Returns once every critical section that was under way has ended, so that whatever the caller
     * wrote before is seen by all that follow.
     */
    void awaitInFlight() {
        if (tryOptimisticRead() == 0) {
            unlockWrite(writeLock());
        }
    }

    /** True if no session is on the transport, which is gone, nor ever will be. Writes nothing. */
    private boolean isWithout(Transport<A> transport) {
        long stamp = tryOptimisticRead();
        return stamp != 0 && transport.size(index) == 0 && validate(stamp);
    }

    /**
     * Whether no session is live. Waits for a section that is under way: a thread that waits for
     * the last end announces itself first, so either this sees the end, or whoever ended it sees
     * the waiter.
     */
    boolean isEmpty() {
        long stamp = tryOptimisticRead();
        boolean isEmpty = size == 0;
        if (stamp != 0 && validate(stamp)) {
            return isEmpty;
        }
        boolean isInterrupted = readLock();
        try {
            return size == 0;
        } finally {
            unlockRead(isInterrupted);
        }
    }

    /** Ends a session unless it has ended. */
    void toEnded(Session<A> session, EndCause cause, SessionEvent<A> event) {
        int bucket = bucketOf(session.hash());
        toEnded(session, bucket, before(bucket, session.id), cause, event);
    }

    /** The same, if its bucket and what precedes it there are known. */
    boolean toEnded(Session<A> session, int bucket, @Nullable Session<?> prev, EndCause cause, SessionEvent<A> event) {
        long word;
        do {
            word = session.state;
            if (SessionState.isEnded(word)) {
                return false;
            }
        } while (!session.compareAndSetState(word, SessionState.ended(word, cause)));
        unlink(session, bucket, prev, cause, SessionState.isAttached(word), event);
        return true;
    }

    /** What follows every transition to ENDED, once, by the thread that made it. */
    void unlink(
            Session<A> session,
            int bucket,
            @Nullable Session<?> prev,
            EndCause cause,
            boolean attached,
            SessionEvent<A> event) {
        Transport<A> owner = session.owner();
        remove(session, bucket, prev);
        if (attached) {
            Nulls.certain(owner).detach(index, session);
            session.setOwner(null);
        }
        ended(cause, attached);
        moved(session, true, owner, false, null);
        if (counter != null) {
            counter.down();
        }
        if (permits != null) {
            permits.giveBack();
        }
        event.ended(session, owner, cause);
    }

    void toDetached(Session<A> session, Transport<A> from, long lossQuanta, SessionEvent<A> event) {
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.detached(word, lossQuanta)));
        from.detach(index, session);
        session.setOwner(null);
        file(session);
        detached();
        moved(session, true, from, true, null);
        event.detached(session, from);
    }

    private void toClaimed(Session<A> session, Transport<A> to, long nowQuanta, SessionEvent<A> event) {
        Transport<A> from = session.owner();
        session.setOwner(to);
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.claimed(word, nowQuanta)));
        if (from != to) {
            if (from != null) {
                from.detach(index, session);
            }
            to.attach(index, session, session.hash());
        }
        file(session);
        claimed(from != null);
        moved(session, true, from, true, to);
        event.claimed(session, from, to);
    }

    /** Makes sure that the sweep looks at a session by its deadline, if it has one. */
    private void file(Session<A> session) {
        long deadline = session.context.deadline(session.state);
        if (deadline >= 0) {
            wheel.file(blockOf(bucketOf(session.hash())), settings.tickOf(deadline));
        }
    }

    private void moved(
            Session<A> session,
            boolean wasLive,
            @Nullable Transport<A> from,
            boolean isLive,
            @Nullable Transport<A> to) {
        if (audit != null) {
            audit.moved(session.hash(), wasLive, from, isLive, to);
        }
    }
}
