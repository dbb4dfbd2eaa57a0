package dev.rollcall;

import dev.rollcall.wheel.TimingWheel;
import org.jspecify.annotations.Nullable;

/**
 * Ends or detaches many sessions of a shard, section by section: each is one critical section for a
 * bounded number of sessions and buckets, and what it did is told once the lock is free again, to
 * those who wait for sessions to end and to the listeners. Whatever may fail is made before the
 * session changes that it is for, so whatever a section that fails half-way has done is told as well.
 */
final class Batch<A> implements TimingWheel.Visitor {
    /*
     * How a sweep goes on from section to section:
     *
     *     lock; handle the blocks that were looked at; find out which blocks come next; unlock
     *     tell; look at those blocks without the lock: the earliest deadline in each
     *
     * Most of the time goes into loading cold sessions. So that nobody waits meanwhile, they are
     * loaded in the look, as by a create or an end (Shard, "Looking before locking"). If no other
     * writer has held the lock since the former section, a block in which nothing was due is filed
     * for its earliest deadline without a second look, for only keepalives can have come between,
     * and they move deadlines later. In all other cases a block is judged with the lock held. The
     * loads of a look may be executed before the former section's release: then they read what it
     * left, for nobody else wrote in it.
     */

    /** How many sessions, and how many buckets, one critical section handles at most. */
    static final int SIZE = 128;

    /** How many blocks of buckets a sweep looks at in one critical section. */
    private static final int BLOCKS = SIZE / SessionTable.BLOCK;

    /** The deadline of a block in which nothing is due, ever. */
    private static final long NEVER = Long.MAX_VALUE;

    /** In place of a deadline: the session has ended. */
    private static final long ENDED = Long.MIN_VALUE;

    private final Shard<A> shard;
    private final Settings<A> settings;
    private final Listeners<A> listeners;
    private final SessionEvent<A>[] events = newArray();

    /** How many sessions have changed, each with the event of its number. */
    private int size;

    /** The sweep's time, in quanta. */
    private long nowQuanta;

    /** The blocks that the sweep's next section handles, in that order. */
    private final int[] blocks = new int[BLOCKS];

    /** The earliest deadline in each of them, {@link #NEVER} for none. */
    private final long[] earliest = new long[BLOCKS];

    /** How many of them there are; with the lock held, how many of them were looked at. */
    private int upcoming;

    /** How many of them this section has handled. */
    private int handled;

    /** The lock's stamp when the former section ended; 0 before the first one. */
    private long seen;

    /** Where the next section goes on: a place on the transport, or a bucket. */
    private int cursor;

    Batch(Shard<A> shard, Settings<A> settings) {
        this.shard = shard;
        this.settings = settings;
        this.listeners = settings.listeners();
    }

    @SuppressWarnings("unchecked") // filled with events of A
    private static <A> SessionEvent<A>[] newArray() {
        return (SessionEvent<A>[]) new SessionEvent<?>[SIZE];
    }

    /** Ends what is due; returns how many sessions. */
    int sweep(long now) {
        int ended = 0;
        boolean more = false;
        do {
            try {
                more = sweepSection(now);
            } finally {
                ended += finish(more);
            }
            look();
        } while (more);
        return ended;
    }

    /**
     * One section of it: handles the blocks that have been looked at, and finds out which come
     * next. The first one only finds out.
     *
     * @return true if there is more to do
     */
    boolean sweepSection(long now) {
        int budget = upcoming;
        handled = 0;
        long stamp = shard.lockIfUnchanged(seen);
        if (stamp == 0) {
            stamp = shard.writeLock();
            upcoming = 0;
        }
        try {
            // Another sweep may have read the ticker later and been here first.
            nowQuanta = Math.max(now, shard.wheel.elapsed() << settings.stepShift());
            boolean more = shard.wheel.advance(nowQuanta >>> settings.stepShift(), budget, this);
            upcoming = shard.wheel.peek(blocks);
            return more;
        } finally {
            seen = shard.unlockWrite(stamp);
        }
    }

    /** Looks at the blocks that come next. Takes no lock. */
    void look() {
        for (int i = 0; i < upcoming; i++) {
            earliest[i] = earliestIn(blocks[i]);
        }
    }

    private long earliestIn(int block) {
        long first = NEVER;
        int limit = SessionTable.limitOf(block, shard.buckets());
        Session<?>[] segment = shard.segmentOf(block);
        for (int bucket = SessionTable.firstOf(block); bucket < limit; bucket++) {
            Session<A> session = shard.head(segment, bucket);
            while (session != null) {
                long deadline = session.context.deadline(session.state);
                first = deadline < 0 ? first : Math.min(first, deadline);
                session = shard.after(session);
            }
        }
        return first;
    }

    /**
     * Ends what is due in a block of buckets whose timer has come, if anything is, and files the
     * block for the others.
     */
    @Override
    public void due(int block) {
        long first = handled < upcoming && blocks[handled] == block ? earliest[handled++] : 0;
        // If the batch is full, or there is no memory for an event, the block is due again.
        long again = 0;
        try {
            again = first > nowQuanta ? first : endDue(block);
        } finally {
            if (again != NEVER) {
                shard.wheel.file(block, settings.tickOf(again));
            }
        }
    }

    /**
     * The earliest deadline of the sessions that live on, {@link #NEVER} for none, or 0 if the
     * batch is full.
     */
    private long endDue(int block) {
        long first = NEVER;
        int limit = SessionTable.limitOf(block, shard.buckets());
        Session<?>[] segment = shard.segmentOf(block);
        for (int bucket = SessionTable.firstOf(block); bucket < limit; bucket++) {
            Session<A> prev = null;
            Session<A> session = shard.head(segment, bucket);
            while (session != null) {
                if (size == SIZE) {
                    return 0;
                }
                long deadline = endIfDue(session, bucket, prev);
                if (deadline != ENDED) {
                    prev = session;
                    first = deadline < 0 ? first : Math.min(first, deadline);
                }
                session = shard.after(session);
            }
        }
        return first;
    }

    /**
     * Ends a session if it is due. Judges and ends by the same state word: a keepalive in between
     * defeats it (G3).
     *
     * @return the deadline of a session that lives on, negative if it has none; or {@link #ENDED}
     */
    private long endIfDue(Session<A> session, int bucket, @Nullable Session<A> prev) {
        while (true) {
            long word = session.state;
            long deadline = session.context.deadline(word);
            if (deadline < 0 || deadline > nowQuanta) {
                return deadline;
            }
            SessionEvent<A> event = newEvent();
            boolean attached = SessionState.isAttached(word);
            EndCause cause = attached ? EndCause.TIMED_OUT : EndCause.RECLAIM_EXPIRED;
            if (session.compareAndSetState(word, SessionState.ended(word, cause))) {
                shard.unlink(session, bucket, prev, cause, attached, event);
                size++;
                return ENDED;
            }
        }
    }

    /** Takes every session off a transport; see {@link Shard#lose}. */
    long lose(Transport<A> transport, long lossQuanta, @Nullable EndCause cause) {
        cursor = Transport.SOLE;
        long lost = 0;
        boolean more = false;
        do {
            try {
                more = loseSection(transport, lossQuanta, cause);
            } finally {
                lost += finish(more);
            }
        } while (more);
        return lost;
    }

    private boolean loseSection(Transport<A> transport, long lossQuanta, @Nullable EndCause cause) {
        long stamp = shard.writeLock();
        try {
            Session<A> session = transport.next(shard, cursor);
            while (session != null && size < SIZE) {
                SessionEvent<A> event = newEvent();
                cursor = session.place + 1;
                if (cause == null && session.context.reclaimNanos() != 0) {
                    shard.toDetached(session, transport, lossQuanta, event);
                } else {
                    EndCause why = cause == null ? EndCause.TRANSPORT_GONE : cause;
                    shard.toEnded(session, why, event);
                }
                size++;
                session = transport.next(shard, cursor);
            }
            return session != null;
        } finally {
            shard.unlockWrite(stamp);
        }
    }

    /** Ends every session, then lets go of the memory for them. */
    void endAll(EndCause cause) {
        boolean more = false;
        do {
            try {
                more = endSection(cause);
            } finally {
                finish(more);
            }
        } while (more);
    }

    private boolean endSection(EndCause cause) {
        long stamp = shard.writeLock();
        try {
            int limit = shard.buckets();
            for (int i = 0; i < SIZE && cursor < limit; i++) {
                Session<A> first = shard.head(cursor);
                while (first != null) {
                    if (size == SIZE) {
                        return true;
                    }
                    shard.toEnded(first, cursor, null, cause, newEvent());
                    size++;
                    first = shard.head(cursor);
                }
                cursor++;
            }
            if (cursor < limit) {
                return true;
            }
            shard.clear();
            shard.wheel.clear();
            return false;
        } finally {
            shard.unlockWrite(stamp);
        }
    }

    /** The event of the session that changes next. */
    private SessionEvent<A> newEvent() {
        SessionEvent<A> event = listeners.newEvent();
        events[size] = event;
        return event;
    }

    /**
     * With the lock released: tells and forgets.
     *
     * @param more whether another section follows
     * @return how many sessions there were
     */
    private int finish(boolean more) {
        int finished = size;
        size = 0;
        if (finished > 0) {
            settings.lifecycle().signal();
        }
        for (int i = 0; i < finished; i++) {
            listeners.deliver(events[i]);
        }
        if (more) {
            shard.letOthersIn();
        }
        return finished;
    }
}
