package dev.rollcall;

import dev.rollcall.count.SpilledAdder;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The manager's listeners, where they are called, and how that went. Whatever they do, no call here
 * fails.
 */
final class Listeners<A> {
    private final List<SessionListener<A>> listeners;
    private final @Nullable Executor executor;
    private final Lifecycle lifecycle;
    private final SpilledAdder delivered = new SpilledAdder();
    private final SpilledAdder failures = new SpilledAdder();

    /**
     * Listeners called in this order.
     *
     * @param executor where, or null for on the thread that has events to deliver
     * @param lifecycle told when events have been delivered, for those who wait for it
     */
    Listeners(List<SessionListener<A>> listeners, @Nullable Executor executor, Lifecycle lifecycle) {
        this.listeners = List.copyOf(listeners);
        this.executor = executor;
        this.lifecycle = lifecycle;
    }

    /** An event to fill in. Made before the change that it tells of, for this may fail. */
    SessionEvent<A> newEvent() {
        return listeners.isEmpty() && !FlightLog.recordsEnds() ? SessionEvent.none() : SessionEvent.blank(this);
    }

    /** Has an event delivered that was appended to its session's queue. With no lock held. */
    void deliver(SessionEvent<A> event) {
        Delivery<A> delivery = event.delivery();
        if (delivery == null || delivery.isTaken()) {
            return; // whoever took it will find this event in the queue
        }
        if (executor != null) {
            try {
                executor.execute(delivery);
                return;
            } catch (Throwable refused) {
                // For lack of a thread, say. It may have taken the delivery all the same.
                Log.failure(
                        Level.WARNING,
                        "listener executor failed; delivering here what it has not taken: ",
                        executor,
                        refused);
            }
        }
        delivery.deliver();
    }

    /** Tells the Flight Recorder and all listeners of one event. */
    void tell(SessionEvent<A> event) {
        event.record();
        for (int i = 0; i < listeners.size(); i++) {
            try {
                event.tell(listeners.get(i));
            } catch (Throwable thrown) { // whatever it is, the other listeners must not suffer
                failures.add(1);
                Log.failure(Level.WARNING, "listener failed on ", event, thrown);
            }
        }
        delivered.add(1);
    }

    /** A session's queue is empty. */
    void emptied() {
        lifecycle.signal();
    }

    /** How many events all listeners have been told of. */
    long delivered() {
        return delivered.sum();
    }

    /** How often a listener threw. */
    long failures() {
        return failures.sum();
    }

    /**
     * How many of these events are still to be delivered, given how many of them were read before.
     */
    long backlog(SessionCounts counts, long deliveredBefore) {
        return listeners.isEmpty() ? 0 : counts.events() - deliveredBefore;
    }
}
