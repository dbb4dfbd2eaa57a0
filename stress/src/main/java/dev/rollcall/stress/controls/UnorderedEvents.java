package dev.rollcall.stress.controls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * A sound table whose events are told after the change by whoever made it, in no order: "ended" may
 * come before "created" (Janus: "destroyed" before "created" when a transport goes; caffeine #412,
 * jetty #6602).
 */
public final class UnorderedEvents {
    private final ConcurrentHashMap<Long, Object> table = new ConcurrentHashMap<>();
    private final BiConsumer<String, String> listener;

    /** Tells this listener. */
    public UnorderedEvents(BiConsumer<String, String> listener) {
        this.listener = listener;
    }

    /** Creates a session. */
    public void create(long id) {
        table.put(id, id);
        listener.accept("created", describe(id));
    }

    /** Ends a session; whether this call did it. */
    public boolean destroy(long id) {
        boolean ended = table.remove(id) != null;
        if (ended) {
            listener.accept("ended", describe(id));
        }
        return ended;
    }

    /** What the client gets to read, made after the change and before the event. */
    private static String describe(long id) {
        return "{\"session\": " + id + "}";
    }
}
