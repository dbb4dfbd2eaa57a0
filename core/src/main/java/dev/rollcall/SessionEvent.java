package dev.rollcall;

import org.jspecify.annotations.Nullable;

/**
 * One event of one session, and a link in that session's queue of undelivered events.
 *
 * <p>It is made before its session changes, because making it may fail, and filled in and appended
 * in the critical section that changes the session. So the order of the queue is the order of the
 * changes (G8), and a change without its event cannot happen. {@link Delivery} empties the queue.
 */
final class SessionEvent<A> {
    enum Type {
        CREATED,
        DETACHED,
        CLAIMED,
        ENDED
    }

    /** Of a manager whose events nobody hears of: nothing to fill in, to append or to deliver. */
    private static final SessionEvent<?> NONE = new SessionEvent<>(null);

    /** The delivery that this event starts if it finds the queue empty, else the one under way. */
    private @Nullable Delivery<A> delivery;

    private Type type;
    private Session<A> session;
    private @Nullable Transport<A> from;
    private @Nullable Transport<A> to;
    private @Nullable EndCause cause;

    /** The next event of the session. Written by the appender, awaited by the delivery. */
    private volatile @Nullable SessionEvent<A> next;

    @SuppressWarnings("NullAway.Init") // append() fills in type and session before anybody reads them
    private SessionEvent(@Nullable Delivery<A> delivery) {
        this.delivery = delivery;
    }

    /** An event that will be appended to its session's queue. */
    static <A> SessionEvent<A> blank(Listeners<A> listeners) {
        return new SessionEvent<>(new Delivery<>(listeners));
    }

    @SuppressWarnings("unchecked") // holds no A
    static <A> SessionEvent<A> none() {
        return (SessionEvent<A>) NONE;
    }

    void created(Session<A> created, Transport<A> owner) {
        append(Type.CREATED, created, null, owner, null);
    }

    void detached(Session<A> lost, Transport<A> owner) {
        append(Type.DETACHED, lost, owner, null, null);
    }

    void claimed(Session<A> moved, @Nullable Transport<A> previous, Transport<A> owner) {
        append(Type.CLAIMED, moved, previous, owner, null);
    }

    /** {@code owner} is null for a session that was detached. */
    void ended(Session<A> over, @Nullable Transport<A> owner, EndCause why) {
        append(Type.ENDED, over, owner, null, why);
    }

    /** With the shard's lock held. */
    private void append(
            Type what,
            Session<A> whose,
            @Nullable Transport<A> before,
            @Nullable Transport<A> after,
            @Nullable EndCause why) {
        if (delivery == null) {
            return; // NONE
        }
        type = what;
        session = whose;
        from = before;
        to = after;
        cause = why;
        delivery.startWith(this);
        SessionEvent<A> previous = whose.exchangeLastEvent(this);
        if (previous != null) {
            // Only read by threads that hold the shard's lock, as previous.delivery was written.
            delivery = previous.delivery;
            previous.next = this;
        }
    }

    /** What has to run so that this event is delivered, or null if there is nothing to deliver. */
    @Nullable
    Delivery<A> delivery() {
        return delivery;
    }

    /** After delivery of this event: the next one to deliver, or null if the queue is now empty. */
    @Nullable
    SessionEvent<A> following() {
        if (next == null && session.clearLastEvent(this)) {
            return null;
        }
        // The appender has exchanged lastEvent and is about to write the link.
        while (next == null) {
            Carriers.yieldIfPossible();
        }
        return next;
    }

    void tell(SessionListener<A> listener) {
        switch (type) {
            case CREATED -> listener.created(session, Nulls.certain(to));
            case DETACHED -> listener.detached(session, Nulls.certain(from));
            case CLAIMED -> listener.claimed(session, from, Nulls.certain(to));
            case ENDED -> listener.ended(session, from, Nulls.certain(cause));
        }
    }

    /** Tells the Flight Recorder, if it asks for events of this type. */
    void record() {
        if (type == Type.ENDED) {
            FlightLog.ended(session, from, Nulls.certain(cause));
        }
    }

    /**
     * For the log, after a listener failed: needs neither the ticker, which may fail too, nor a
     * lock.
     */
    @Override
    public String toString() {
        return type + " of " + session;
    }
}
