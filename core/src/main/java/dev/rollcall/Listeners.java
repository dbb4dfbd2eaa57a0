package dev.rollcall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;

/** The manager's listeners: delivers queues of events, in order and without a lock. */
final class Listeners<A> {
    private static final Logger LOGGER = System.getLogger("dev.rollcall");

    private final List<SessionListener<A>> listeners;
    private final Executor executor;
    private final boolean isEmpty;

    /**
     * Listeners called in this order.
     *
     * @param executor where, or null for on the thread that has events to deliver
     */
    Listeners(List<SessionListener<A>> listeners, Executor executor) {
        this.listeners = List.copyOf(listeners);
        this.executor = executor;
        this.isEmpty = listeners.isEmpty();
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Delivers an event and all that follow it in its session's queue. With no lock held. */
    void deliver(SessionEvent<A> first) {
        if (executor != null) {
            try {
                executor.execute(() -> deliverHere(first));
                return;
            } catch (Throwable refused) { // say, no thread to be had: no event may be lost for that
                LOGGER.log(Level.WARNING, "listener executor refused an event; delivering it here", refused);
            }
        }
        deliverHere(first);
    }

    private void deliverHere(SessionEvent<A> first) {
        for (SessionEvent<A> event = first; event != null; event = event.following()) {
            for (SessionListener<A> listener : listeners) {
                try {
                    event.deliverTo(listener);
                } catch (Throwable thrown) { // whatever it is, the other listeners are not to suffer
                    LOGGER.log(Level.WARNING, "listener failed on " + event, thrown);
                }
            }
        }
    }
}
