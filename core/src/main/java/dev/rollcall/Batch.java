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
        } while (more);
        return ended;
    }

    /** One section of it; true if there may be more to do. */
    boolean sweepSection(long now) {
        long stamp = shard.writeLock();
        try {
            // Another sweep may have read the ticker later and been here first.
            nowQuanta = Math.max(now, shard.wheel.elapsed() << settings.stepShift());
            return shard.wheel.advance(nowQuanta >>> settings.stepShift(), BLOCKS, this);
        } finally {
            shard.unlockWrite(stamp);
        }
    }

    /**
     * Ends what is due in a block of buckets whose timer has come, and files the block for the
     * others.
     */
    @Override
    public void due(int block) {
        // If the batch is full, or there is no memory for an event, the block is due again.
        long earliest = 0;
        try {
            earliest = endDue(block);
        } finally {
            if (earliest != NEVER) {
                shard.wheel.file(block, settings.tickOf(earliest));
            }
        }
    }

    /**
     * The earliest deadline of the sessions that live on, {@link #NEVER} for none, or 0 if the
     * batch is full.
     */
    private long endDue(int block) {
        long earliest = NEVER;
        int first = (block - 1) * SessionTable.BLOCK;
        int limit = Math.min(first + SessionTable.BLOCK, shard.buckets());
        for (int bucket = first; bucket < limit; bucket++) {
            Session<A> prev = null;
            Session<A> session = shard.head(bucket);
            while (session != null) {
                if (size == SIZE) {
                    return 0;
                }
                long deadline = endIfDue(session, bucket, prev);
                if (deadline != ENDED) {
                    prev = session;
                    earliest = deadline < 0 ? earliest : Math.min(earliest, deadline);
                }
                session = shard.after(session);
            }
        }
        return earliest;
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
