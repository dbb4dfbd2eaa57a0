package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a session's queue of events, from the event that found it empty to the one after which
 * it is empty again. Whoever appends an event has its delivery run, on the thread that caused the
 * event or by the listener executor. Whichever run comes first takes the delivery and empties the
 * queue; all others return at once. So it does no harm if an executor runs a delivery twice, or
 * throws although it has taken or even run it; and if an executor drops a delivery, the session's
 * next event submits the same one again.
 */
final class Delivery<A> implements Runnable {
    private static final VarHandle TAKEN = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "taken", VarHandle.class, Delivery.class, boolean.class);

    private final Listeners<A> listeners;

    /** Written before the event is appended, so before anybody can run this. */
    private @Nullable SessionEvent<A> first;

    private volatile boolean taken;

    Delivery(Listeners<A> listeners) {
        this.listeners = listeners;
    }

    void startWith(SessionEvent<A> event) {
        first = event;
    }

    boolean isTaken() {
        return taken;
    }

    /** For executors, which may call this on a stack of any depth. */
    @Override
    public void run() {
        // With too little room to see it through, do not take it: the next event submits it again.
        StackRoom.check();
        deliver();
    }

    /** On the thread that caused the events, which has checked its stack. With no lock held. */
    void deliver() {
        if (!TAKEN.compareAndSet(this, false, true)) {
            return;
        }
        SessionEvent<A> event = first;
        first = null;
        while (event != null) {
            try {
                listeners.tell(event);
            } catch (Throwable ignored) {
                // tell() catches what listeners throw. Whatever this is, the queue must move on.
            }
            event = event.following();
        }
        listeners.emptied();
    }
}
