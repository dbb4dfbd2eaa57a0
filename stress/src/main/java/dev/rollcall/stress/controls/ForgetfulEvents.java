package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A sound table that tells listeners of the sessions that are destroyed, and forgets to when their
 * transport goes (janus-gateway #3533; caffeine #859 tells them only at the next activity).
 */
public final class ForgetfulEvents {
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();
    private final Consumer<String> listener;

    /** Tells this listener. */
    public ForgetfulEvents(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Creates a session. */
    public void create(long id) {
        table.put(id, id);
        listener.accept("created");
    }

    /** Ends a session; whether this call did it. */
    public boolean destroy(long id) {
        boolean ended = table.remove(id) != null;
        if (ended) {
            listener.accept("ended");
        }
        return ended;
    }

    /** The transport of a session is gone. */
    public void gone(long id) {
        table.remove(id);
    }
}
