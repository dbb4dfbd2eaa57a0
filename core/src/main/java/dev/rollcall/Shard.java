package dev.rollcall;

import dev.rollcall.count.LiveCounter;
import dev.rollcall.slots.SlotLists;
import dev.rollcall.slots.Slots;
import dev.rollcall.slots.TimingWheel;
import java.util.ArrayList;
import java.util.List;
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

    /** The terms of a session that brings none of its own. */
    final SessionTerms<A> defaults;

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
        this.defaults = new SessionTerms<>(this, settings.sessionNanos(), settings.reclaimNanos(), null);
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
        SessionEvent<A> event = null;
        long stamp = lock.writeLock();
        try {
            RejectReason refusal = refusal(session.id, hash, owner);
            if (refusal != null) {
                if (refusal != RejectReason.DUPLICATE_ID || countDuplicate) {
                    tallies.rejected(refusal);
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
            if (!listeners.isEmpty()) {
                event = deliverable(SessionEvent.created(session, owner));
            }
        } finally {
            lock.unlockWrite(stamp);
        }
        deliver(event);
        return null;
    }

    /** The permit comes last: nothing after it can fail, so it is never given back unused. */
    private RejectReason refusal(long id, long hash, Transport<A> owner) {
        RejectReason refusal = lifecycle.refusal();
        if (refusal != null) {
            return refusal;
        }
        if (owner.isGone()) {
            return RejectReason.TRANSPORT_GONE;
        }
        if (table.contains(id, hash)) {
            return RejectReason.DUPLICATE_ID;
        }
        slots.reserve();
        table.reserve();
        owner.reserve(index);
        return permits == null || permits.tryTake() ? null : RejectReason.LIMIT_REACHED;
    }

    /** Ends a session unless it has ended; true if this call did it (G2). */
    boolean end(Session<A> session, EndCause cause) {
        if (!session.isLive()) {
            return false;
        }
        SessionEvent<A> event = null;
        long stamp = lock.writeLock();
        try {
            if (!toEnded(session, cause)) {
                return false;
            }
            event = endedEvent(session, cause);
        } finally {
            lock.unlockWrite(stamp);
        }
        lifecycle.signalEnd();
        deliver(event);
        return true;
    }

    /**
     * Moves a session to another owner (G4).
     *
     * @return whether it was live
     * @throws SessionRejectedException if it may not be moved there; nothing was changed
     */
    boolean claim(Session<A> session, Transport<A> to, long nowQuanta) {
        SessionEvent<A> event = null;
        RejectReason refusal = null;
        long stamp = lock.writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            if (lifecycle.phase() == Lifecycle.Phase.CLOSED) {
                refusal = RejectReason.CLOSED;
            } else if (to.isGone()) {
                refusal = RejectReason.TRANSPORT_GONE;
            } else {
                to.reserve(index);
                event = toClaimed(session, to, nowQuanta);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
        if (refusal != null) {
            throw SessionManager.rejected("claim", refusal, session.toString(), to);
        }
        deliver(event);
        return true;
    }

    /** Replaces a session's terms; false if it had ended. */
    boolean setTerms(Session<A> session, UnaryOperator<SessionTerms<A>> change) {
        long stamp = lock.writeLock();
        try {
            if (!session.isLive()) {
                return false;
            }
            session.terms = change.apply(session.terms);
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

    /** Ends what is due, in batches; returns how many. */
    int sweep(long nowQuanta) {
        Batch batch = new Batch();
        int ended = 0;
        boolean more;
        do {
            long stamp = lock.writeLock();
            try {
                // Another sweep may have read the ticker later and been here first.
                long now = Math.max(nowQuanta, wheel.elapsed() << settings.stepShift());
                more = wheel.advance(now >>> settings.stepShift(), BATCH, slot -> endIfDue(slot, now, batch));
            } finally {
                lock.unlockWrite(stamp);
            }
            ended += batch.finish(more);
        } while (more);
        return ended;
    }

    /** Detaches or ends every session of a transport that is gone (G5, G6). */
    void lose(Transport<A> transport, long lossQuanta) {
        if (isWithout(transport)) {
            return;
        }
        Batch batch = new Batch();
        boolean more;
        do {
            long stamp = lock.writeLock();
            try {
                for (int i = 0; i < BATCH && transport.head(index) != SlotLists.NIL; i++) {
                    loseOne(slots.get(transport.head(index)), transport, lossQuanta, batch);
                }
                more = transport.head(index) != SlotLists.NIL;
            } finally {
                lock.unlockWrite(stamp);
            }
            batch.finish(more);
        } while (more);
    }

    /** Ends every session. New ones are refused by then. */
    void endAll(EndCause cause) {
        Batch batch = new Batch();
        int limit;
        int slot = 1;
        do {
            long stamp = lock.writeLock();
            try {
                limit = slots.limit();
                for (int i = 0; i < BATCH && slot <= limit; i++, slot++) {
                    Session<A> session = slots.get(slot);
                    if (session != null && toEnded(session, cause)) {
                        batch.add(endedEvent(session, cause));
                    }
                }
            } finally {
                lock.unlockWrite(stamp);
            }
            batch.finish(slot <= limit);
        } while (slot <= limit);
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
        return stamp != 0 && transport.head(index) == SlotLists.NIL && lock.validate(stamp);
    }

    private void loseOne(Session<A> session, Transport<A> transport, long lossQuanta, Batch batch) {
        if (session.terms.reclaimNanos() == 0) {
            toEnded(session, EndCause.TRANSPORT_GONE);
            batch.add(endedEvent(session, EndCause.TRANSPORT_GONE));
        } else {
            batch.add(toDetached(session, transport, lossQuanta));
        }
    }

    /** Judges and ends by the same state word: a keepalive or claim in between defeats it (G3). */
    private void endIfDue(int slot, long nowQuanta, Batch batch) {
        Session<A> session = slots.get(slot);
        if (session == null) {
            return; // filed for a session that has ended
        }
        long word = session.state;
        long deadline = session.terms.deadline(word);
        boolean isDue = deadline >= 0 && deadline <= nowQuanta;
        if (isDue) {
            boolean attached = SessionState.isAttached(word);
            EndCause cause = attached ? EndCause.TIMED_OUT : EndCause.RECLAIM_EXPIRED;
            if (session.compareAndSetState(word, SessionState.ended(word, cause))) {
                unlink(session, cause, attached);
                batch.add(endedEvent(session, cause));
                return;
            }
        }
        file(session);
    }

    private boolean toEnded(Session<A> session, EndCause cause) {
        long word;
        do {
            word = session.state;
            if (SessionState.isEnded(word)) {
                return false;
            }
        } while (!session.compareAndSetState(word, SessionState.ended(word, cause)));
        unlink(session, cause, SessionState.isAttached(word));
        return true;
    }

    /** What follows every transition to ENDED, once, by the thread that made it. */
    private void unlink(Session<A> session, EndCause cause, boolean attached) {
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
    }

    private SessionEvent<A> toDetached(Session<A> session, Transport<A> from, long lossQuanta) {
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.detached(word, lossQuanta)));
        from.detach(index, session.slot, lists);
        session.setOwner(null);
        file(session);
        tallies.detached();
        moved(session.slot, true, from, true, null);
        return listeners.isEmpty() ? null : deliverable(SessionEvent.detached(session, from));
    }

    private SessionEvent<A> toClaimed(Session<A> session, Transport<A> to, long nowQuanta) {
        Transport<A> from = session.owner();
        session.setOwner(to);
        long word;
        do {
            word = session.state;
        } while (!session.compareAndSetState(word, SessionState.claimed(word, nowQuanta)));
        if (from != null) {
            from.detach(index, session.slot, lists);
        } else {
            tallies.reattached();
        }
        to.attach(index, session.slot, lists);
        file(session);
        moved(session.slot, true, from, true, to);
        return listeners.isEmpty() ? null : deliverable(SessionEvent.claimed(session, from, to));
    }

    /** Makes sure that the sweep looks at a session by its deadline, if it has one. */
    private void file(Session<A> session) {
        long deadline = session.terms.deadline(session.state);
        if (deadline >= 0) {
            wheel.file(session.slot, settings.tickOf(deadline));
        }
    }

    private SessionEvent<A> endedEvent(Session<A> session, EndCause cause) {
        return listeners.isEmpty() ? null : deliverable(SessionEvent.ended(session, cause));
    }

    private static <A> SessionEvent<A> deliverable(SessionEvent<A> event) {
        return event.append() ? event : null;
    }

    private void deliver(SessionEvent<A> event) {
        if (event != null) {
            listeners.deliver(event);
        }
    }

    private void moved(int slot, boolean wasLive, Transport<A> from, boolean isLive, Transport<A> to) {
        if (audit != null) {
            audit.moved(slot, wasLive, from, isLive, to);
        }
    }

    /** What one critical section did to several sessions, to be told once the lock is free. */
    private final class Batch {
        private final List<SessionEvent<A>> events = new ArrayList<>();
        private int size;

        void add(SessionEvent<A> event) {
            size++;
            if (event != null) {
                events.add(event);
            }
        }

        /**
         * With the lock released: delivers and forgets.
         *
         * @param more whether another batch follows
         * @return how many sessions there were
         */
        int finish(boolean more) {
            int finished = size;
            if (finished > 0) {
                lifecycle.signalEnd();
                events.forEach(Shard.this::deliver);
                events.clear();
                size = 0;
            }
            if (more) {
                lock.letOthersIn();
            }
            return finished;
        }
    }
}
