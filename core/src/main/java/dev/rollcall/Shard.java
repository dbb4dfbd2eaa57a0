package dev.rollcall;

import dev.rollcall.count.LiveCounter;
import dev.rollcall.slots.SlotLists;
import dev.rollcall.slots.Slots;
import dev.rollcall.slots.TimingWheel;
import java.util.function.UnaryOperator;

/**
 * One slice of the manager: the sessions whose ids hash to it, with their table, timers, transport
 * lists and tallies, all under one lock.
 */
final class Shard<A> {
    /*
     * Overview. A count kept beside a table drifts because something can change one and not the
     * other. Here every change of phase or owner is one critical section of one lock that changes
     * the state word, the table, the timer, the transport's list, the permits and the tallies, or
     * none of them. Whatever reads the tallies reads them at an instant without such a section
     * (Shards.collect), so it can never see a session that the table has and they have not.
     *
     *     create:   lock; refuse, or: link, file, attach, tally; unlock; deliver events
     *     end:      lock; state word -> ENDED by compare-and-set, or lose; then
     *               unlink, detach, tally; unlock; deliver events
     *     detach, claim: the same with their edges of SessionState
     *     keepalive: no lock; compare-and-set of the time in the state word
     *     lookup:    no lock; SessionTable.find
     *
     * Invariants, whenever the lock is free.
     * S1  tallies.live == table.size == slots.inUse; attached and detached likewise by phase.
     * S2  created == live + sum of ended.
     * S3  A live session is in the table once, in its slot, and in its owner's list iff attached.
     * S4  A live session with a deadline is filed under a tick no later than the deadline's.
     *     (Keepalive only moves deadlines later, and who ends leaves its slot filed: lazy re-arming.)
     * S5  No session is attached to a transport whose gone() has passed this shard.
     * S6  Over all shards, permits taken == live, counter strategies == live.
     *
     * Linearization.
     *     create    | the table's write that publishes the session; counts() cannot fall between it
     *               | and the tally, for the lock is held
     *     end       | the compare-and-set to ENDED: from then on lookups miss the session; counts()
     *               | cannot fall between it and the tally, for the lock is held
     *     detach    | the compare-and-set
     *     claim     | the compare-and-set; for Session.transport() of an attached session the write of
     *               | the owner just before it, which no other observer can tell from it
     *     a refusal | the read of what refuses: phase, transport, table, permits, in the section
     *     destroy that lost, claim of an ended one | the read of ENDED
     *     keepalive | its compare-and-set, or its last read
     *
     * Lock order. There is one lock per operation and it is never held while another is taken, but
     * for Shards.collect, which takes the read locks of all shards in order of number. User code
     * (ticker, id source, listeners, executor) never runs with it held.
     *
     * Progress. Blocking among creates, ends, claims and sweeps of one shard, each for a bounded
     * batch. Keepalive is lock-free, find is wait-free but for growth.
     *
     * Not done: a second lock for a transport's list (D-3).
     */

    /** How many sessions one critical section handles at most. */
    static final int BATCH = 128;

    final SessionManager<A> manager;
    final TimeSource time;

    /** The context of a session that has no timeouts and no secret of its own. */
    final SessionContext<A> defaults;

    final ShardLock lock = new ShardLock();
    final int index;
    final SlotLists lists = new SlotLists();
    final Slots<Session<A>> slots = new Slots<>(lists);
    final TimingWheel wheel = new TimingWheel(lists);
    final SessionTable<A> table = new SessionTable<>();
    final Tallies tallies;
    private final Settings<A> settings;
    private final Lifecycle lifecycle;
    private final Listeners<A> listeners;
    private final LiveCounter counter;
    private final Permits permits;

    /** The audit under way, or null. Confined to the lock. */
    ShardAudit<A> audit;

    Shard(SessionManager<A> manager, Settings<A> settings, int index) {
        this.manager = manager;
        this.settings = settings;
        this.time = settings.time();
        this.index = index;
        this.defaults = new SessionContext<>(this, settings.sessionNanos(), settings.reclaimNanos(), null);
        this.tallies = settings.tallies().get();
        this.lifecycle = settings.lifecycle();
        this.listeners = settings.listeners();
        this.counter = settings.counter();
        this.permits = settings.permits();
    }

    /**
     * Creates a session, all or nothing (G1, G5, G7, G9).
     *
     * @param countDuplicate whether a duplicate id is the caller's mistake, to be tallied
     * @return why it was refused, or null if it was created
     */
    RejectReason create(Session<A> session, Transport<A> owner, boolean countDuplicate) {
        long hash = session.hash();
        SessionEvent<A> event = listeners.newEvent();
        long stamp = lock.writeLock();
        try {
            RejectReason refusal = refusal(session.id, hash, owner);
            if (refusal != null) {
                owner.release(index);
                if (refusal != RejectReason.DUPLICATE_ID || countDuplicate) {
                    tallies.rejectedCreate(refusal);
                }
                return refusal;
            }
            if (counter != null) {
                counter.up();
            }
            session.slot = slots.add(session);
            table.insert(session, hash);
            owner.attach(index, session.slot, lists);
            file(session);
            tallies.created();
            moved(session.slot, false, null, true, owner);
            event.created(session, owner);
        } finally {
            lock.unlockWrite(stamp);
        }
        listeners.deliver(event);
        return null;
    }

    /** The permit comes last: nothing after it can fail, so it is never given back unused. */
    private RejectReason refusal(long id, long hash, Transport<A> owner) {
        RejectReason refusal = lifecycle.refusal();
        if (refusal != null) {
            return refusal;
        }
        // In this order, so that gone() visits this shard if the transport is still open (see there).
        owner.reserve(index);
        if (owner.isGone()) {
            return RejectReason.TRANSPORT_GONE;
        }
        if (table.contains(id, hash)) {
            return RejectReason.DUPLICATE_ID;
        }
        slots.reserve();
        table.reserve();
        return permits == null || permits.tryTake() ? null : RejectReason.LIMIT_REACHED;
    }

    /** Ends a session unless it has ended; true if this call did it (G2). */
    boolean end(Session<A> session, EndCause cause) {
        if (!session.isLive()) {
            return false;
        }
        SessionEvent<A> event = listeners.newEvent();
        long stamp = lock.writeLock();
        try {
            if (!toEnded(session, cause, event)) {
                return false;
            }
        } finally {
            lock.unlockWrite(stamp);
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
    boolean claim(Session<A> session, Transport<A> to, long nowQuanta) {
        SessionEvent<A> event = listeners.newEvent();
        RejectReason refusal = null;
        long stamp = lock.writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            refusal = claimRefusal(to);
            if (refusal == null) {
                toClaimed(session, to, nowQuanta, event);
            } else {
                to.release(index);
                tallies.rejectedClaim(refusal);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
        if (refusal != null) {
            throw SessionManager.rejected("claim", refusal, session.toString(), to);
        }
        listeners.deliver(event);
        return true;
    }

    private RejectReason claimRefusal(Transport<A> to) {
        if (lifecycle.phase() == ManagerPhase.CLOSED) {
            return RejectReason.CLOSED;
        }
        to.reserve(index); // before the look at the flag, as for a create
        return to.isGone() ? RejectReason.TRANSPORT_GONE : null;
    }

    /** Tallies a claim that was refused without the lock. */
    void claimRefused(RejectReason reason) {
        long stamp = lock.writeLock();
        try {
            tallies.rejectedClaim(reason);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Replaces what a session has to itself; false if it had ended. */
    boolean setContext(Session<A> session, UnaryOperator<SessionContext<A>> change) {
        long stamp = lock.writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            session.context = change.apply(session.context);
            file(session);
            return true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** A session's details at one instant. */
    SessionInfo info(Session<A> session) {
        long now = time.floorQuanta();
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            SessionInfo info = new SessionInfo(session, now);
            if (lock.validate(stamp)) {
                return info;
            }
        }
        stamp = lock.readLock();
        try {
            return new SessionInfo(session, now);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Ends what is due, in batches; returns how many. Takes no lock if nothing can be due. */
    int sweep(long nowQuanta) {
        if (wheel.nextTick() > nowQuanta >>> settings.stepShift()) {
            return 0;
        }
        Batch<A> batch = new Batch<>(this, listeners, lifecycle);
        int ended = 0;
        boolean more = false;
        do {
            try {
                more = sweepBatch(nowQuanta, batch);
            } finally {
                ended += batch.finish(more);
            }
        } while (more);
        return ended;
    }

    boolean sweepBatch(long nowQuanta, Batch<A> batch) {
        long stamp = lock.writeLock();
        try {
            // Another sweep may have read the ticker later and been here first.
            batch.nowQuanta = Math.max(nowQuanta, wheel.elapsed() << settings.stepShift());
            return wheel.advance(batch.nowQuanta >>> settings.stepShift(), BATCH, batch);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * Takes every session off a transport that is gone (G5, G6).
     *
     * @param cause why they end, or null if they are lost: those with grace are then detached
     */
    void lose(Transport<A> transport, long nowQuanta, EndCause cause) {
        if (isWithout(transport)) {
            return;
        }
        Batch<A> batch = new Batch<>(this, listeners, lifecycle);
        boolean more = false;
        do {
            try {
                more = loseBatch(transport, nowQuanta, cause, batch);
            } finally {
                batch.finish(more);
            }
        } while (more);
    }

    private boolean loseBatch(Transport<A> transport, long nowQuanta, EndCause cause, Batch<A> batch) {
        long stamp = lock.writeLock();
        try {
            int slot = transport.any(index);
            for (int i = 0; i < BATCH && slot != SlotLists.NIL; i++) {
                loseOne(slots.get(slot), transport, nowQuanta, cause, batch.newEvent());
                batch.size++;
                slot = transport.any(index);
            }
            return slot != SlotLists.NIL;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Ends every session and lets go of the memory for them. New ones are refused by then. */
    void endAll(EndCause cause) {
        Batch<A> batch = new Batch<>(this, listeners, lifecycle);
        boolean more = false;
        do {
            try {
                more = endBatch(cause, batch);
            } finally {
                batch.finish(more);
            }
        } while (more);
    }

    private boolean endBatch(EndCause cause, Batch<A> batch) {
        long stamp = lock.writeLock();
        try {
            int limit = slots.limit();
            while (batch.size < BATCH && batch.slot <= limit) {
                Session<A> session = slots.get(batch.slot);
                if (session != null && toEnded(session, cause, batch.newEvent())) {
                    batch.size++;
                }
                batch.slot++;
            }
            if (batch.slot <= limit) {
                return true;
            }
            table.clear();
            wheel.clear();
            slots.clear();
            lists.clear();
            return false;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * Returns once every critical section that was under way has ended, so that whatever the caller
     * wrote before is seen by all that follow.
     */
    void awaitInFlight() {
        if (lock.tryOptimisticRead() == 0) {
            lock.unlockWrite(lock.writeLock());
        }
    }

    /** True if no session is on the transport and, since it is gone, none will be. Writes nothing. */
    private boolean isWithout(Transport<A> transport) {
        long stamp = lock.tryOptimisticRead();
        return stamp != 0 && transport.any(index) == SlotLists.NIL && lock.validate(stamp);
    }

    private void loseOne(
            Session<A> session, Transport<A> transport, long nowQuanta, EndCause cause, SessionEvent<A> event) {
        if (cause != null) {
            toEnded(session, cause, event);
        } else if (session.context.reclaimNanos() == 0) {
            toEnded(session, EndCause.TRANSPORT_GONE, event);
        } else {
            toDetached(session, transport, nowQuanta, event);
        }
    }

    /**
     * Ends a session whose timer has come, if it is due. Judges and ends by the same state word: a
     * keepalive or claim in between defeats it (G3).
     */
    void endIfDue(int slot, Batch<A> batch) {
        Session<A> session = slots.get(slot);
        if (session == null) {
            return; // filed for a session that has ended
        }
        long word = session.state;
        long deadline = session.context.deadline(word);
        if (deadline >= 0 && deadline <= batch.nowQuanta) {
            SessionEvent<A> event = eventOrRefile(session, batch);
            boolean attached = SessionState.isAttached(word);
            EndCause cause = attached ? EndCause.TIMED_OUT : EndCause.RECLAIM_EXPIRED;
            if (session.compareAndSetState(word, SessionState.ended(word, cause))) {
                unlink(session, cause, attached, event);
                batch.size++;
                return;
            }
        }
        file(session);
    }

    /** The wheel has let go of the session: if there is no memory for its event, it must get it back. */
    private SessionEvent<A> eventOrRefile(Session<A> session, Batch<A> batch) {
        try {
            return batch.newEvent();
        } catch (Throwable failed) {
            file(session);
            throw failed;
        }
    }

    private boolean toEnded(Session<A> session, EndCause cause, SessionEvent<A> event) {
        long word;
        do {
            word = session.state;
            if (SessionState.isEnded(word)) {
                return false;
            }
        } while (!session.compareAndSetState(word, SessionState.ended(word, cause)));
        unlink(session, cause, SessionState.isAttached(word), event);
        return true;
    }

    /** What follows every transition to ENDED, once, by the thread that made it. */
    private void unlink(Session<A> session, EndCause cause, boolean attached, SessionEvent<A> event) {
        int slot = session.slot;
        Transport<A> owner = session.owner();
        table.remove(session, session.hash());
        if (attached) {
            owner.detach(index, slot, lists);
            session.setOwner(null);
        }
        slots.remove(slot);
        tallies.ended(cause, attached);
        moved(slot, true, owner, false, null);
        if (counter != null) {
            counter.down();
        }
        if (permits != null) {
            permits.giveBack();
        }
        event.ended(session, owner, cause);
    }

    private void toDetached(Session<A> session, Transport<A> from, long lossQuanta, SessionEvent<A> event) {
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.detached(word, lossQuanta)));
        from.detach(index, session.slot, lists);
        session.setOwner(null);
        file(session);
        tallies.detached();
        moved(session.slot, true, from, true, null);
        event.detached(session, from);
    }

    private void toClaimed(Session<A> session, Transport<A> to, long nowQuanta, SessionEvent<A> event) {
        Transport<A> from = session.owner();
        session.setOwner(to);
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.claimed(word, nowQuanta)));
        if (from != null) {
            from.detach(index, session.slot, lists);
        }
        to.attach(index, session.slot, lists);
        file(session);
        tallies.claimed(from != null);
        moved(session.slot, true, from, true, to);
        event.claimed(session, from, to);
    }

    /** Makes sure that the sweep looks at a session by its deadline, if it has one. */
    private void file(Session<A> session) {
        long deadline = session.context.deadline(session.state);
        if (deadline >= 0) {
            wheel.file(session.slot, settings.tickOf(deadline));
        }
    }

    private void moved(int slot, boolean wasLive, Transport<A> from, boolean isLive, Transport<A> to) {
        if (audit != null) {
            audit.moved(slot, wasLive, from, isLive, to);
        }
    }
}
