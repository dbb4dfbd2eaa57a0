package dev.rollcall;

/**
 * One event of one session, and a node of that session's queue of undelivered events.
 *
 * <p>The queue orders delivery without a lock (G8). A change of the session appends its event while
 * the shard's lock is held, by exchanging the session's {@code lastEvent}; so the queue's order is
 * the order of the changes. Whoever appends to an empty queue delivers, after it let go of the lock,
 * until it can set {@code lastEvent} from the event it delivered last back to null. Everyone else
 * leaves the event behind and goes on. The links are written just after the exchange, under the
 * lock, which is why the deliverer may have to wait for one, an instant.
 */
final class SessionEvent<A> {
    enum Type {
        CREATED,
        DETACHED,
        CLAIMED,
        ENDED
    }

    private final Type type;
    private final Session<A> session;
    private final Transport<A> from;
    private final Transport<A> to;
    private final EndCause cause;
    private volatile SessionEvent<A> next;

    private SessionEvent(Type type, Session<A> session, Transport<A> from, Transport<A> to, EndCause cause) {
        this.type = type;
        this.session = session;
        this.from = from;
        this.to = to;
        this.cause = cause;
    }

    static <A> SessionEvent<A> created(Session<A> session, Transport<A> to) {
        return new SessionEvent<>(Type.CREATED, session, null, to, null);
    }

    static <A> SessionEvent<A> detached(Session<A> session, Transport<A> from) {
        return new SessionEvent<>(Type.DETACHED, session, from, null, null);
    }

    static <A> SessionEvent<A> claimed(Session<A> session, Transport<A> from, Transport<A> to) {
        return new SessionEvent<>(Type.CLAIMED, session, from, to, null);
    }

    static <A> SessionEvent<A> ended(Session<A> session, EndCause cause) {
        return new SessionEvent<>(Type.ENDED, session, null, null, cause);
    }

    /**
     * Appends this event to its session's queue. With the shard's lock held.
     *
     * @return true if the queue was empty: the caller must have it delivered
     */
    boolean append() {
        SessionEvent<A> previous = session.exchangeLastEvent(this);
        if (previous == null) {
            return true;
        }
        previous.next = this;
        return false;
    }

    /** After delivery of this event: the next one to deliver, or null if the queue is now empty. */
    SessionEvent<A> following() {
        if (next == null && session.clearLastEvent(this)) {
            return null;
        }
        while (next == null) {
            Thread.onSpinWait();
        }
        return next;
    }

    void deliverTo(SessionListener<A> listener) {
        switch (type) {
            case CREATED -> listener.created(session, to);
            case DETACHED -> listener.detached(session, from);
            case CLAIMED -> listener.claimed(session, from, to);
            case ENDED -> listener.ended(session, cause);
            default -> throw new AssertionError(type);
        }
    }

    /** For the log, after a listener failed: needs neither the ticker, which may fail too, nor a lock. */
    @Override
    public String toString() {
        String state = SessionState.toString(session.state);
        return type + " of session " + SessionIds.masked(session.id) + ", now " + state;
    }
}
