package dev.rollcall;

import dev.rollcall.slots.TimingWheel;

/**
 * What one critical section does to several sessions of a shard, to be told once the lock is free:
 * to those who wait for sessions to end, and to the listeners. Whatever may fail is made before the
 * session changes that it is for, so a section that fails half-way has told of all that it did.
 */
final class Batch<A> implements TimingWheel.Visitor {
    private final Shard<A> shard;
    private final Listeners<A> listeners;
    private final Lifecycle lifecycle;
    private final SessionEvent<A>[] events = newArray();

    /** How many sessions have changed, each with the event of its number. */
    int size;

    /** The sweep's time, in quanta. */
    long nowQuanta;

    /** The next slot that {@link Shard#endAll} looks at. */
    int slot = 1;

    Batch(Shard<A> shard, Listeners<A> listeners, Lifecycle lifecycle) {
        this.shard = shard;
        this.listeners = listeners;
        this.lifecycle = lifecycle;
    }

    @SuppressWarnings("unchecked") // filled with events of A
    private static <A> SessionEvent<A>[] newArray() {
        return (SessionEvent<A>[]) new SessionEvent<?>[Shard.BATCH];
    }

    /** The event of the session that changes next. */
    SessionEvent<A> newEvent() {
        SessionEvent<A> event = listeners.newEvent();
        events[size] = event;
        return event;
    }

    @Override
    public void due(int dueSlot) {
        shard.endIfDue(dueSlot, this);
    }

    /**
     * With the lock released: tells and forgets.
     *
     * @param more whether another batch follows
     * @return how many sessions there were
     */
    int finish(boolean more) {
        int finished = size;
        size = 0;
        if (finished > 0) {
            lifecycle.signal();
        }
        for (int i = 0; i < finished; i++) {
            listeners.deliver(events[i]);
        }
        if (more) {
            shard.lock.letOthersIn();
        }
        return finished;
    }
}
