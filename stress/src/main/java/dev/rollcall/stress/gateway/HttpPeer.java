package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A client that polls over HTTP: the owner of one session, whose events wait here to be fetched. Who
 * knows the session's id in the path of a request is taken for its owner; HTTP has no connection
 * that could be lost, so only a destroy or a timeout ends the session.
 */
final class HttpPeer extends Peer {
    /** Of a client that does not poll the oldest events are dropped. */
    private static final int MOST_EVENTS = 256;

    private final Deque<ObjectNode> events = new ArrayDeque<>();
    private Consumer<JsonNode> poll;
    private int mostWanted;

    HttpPeer(SessionManager<Handles> sessions, String name) {
        super(sessions, name);
    }

    /**
     * Hands the next events to a poll, now or as soon as there are any. An earlier poll that waits
     * gives up.
     *
     * @param most how many at once; more than one come as an array
     * @param waiting told once
     */
    void poll(int most, Consumer<JsonNode> waiting) {
        Consumer<JsonNode> former;
        JsonNode now = null;
        synchronized (events) {
            former = poll;
            poll = null;
            if (events.isEmpty()) {
                poll = waiting;
                mostWanted = most;
            } else {
                now = take(most);
            }
        }
        if (former != null) {
            former.accept(nothing());
        }
        if (now != null) {
            waiting.accept(now);
        }
    }

    /** A poll has waited for long enough. */
    void giveUp(Consumer<JsonNode> waiting) {
        synchronized (events) {
            if (!waiting.equals(poll)) {
                return;
            }
            poll = null;
        }
        waiting.accept(nothing());
    }

    @Override
    void send(ObjectNode message) {
        Consumer<JsonNode> waiting;
        JsonNode now = null;
        synchronized (events) {
            events.add(message);
            if (events.size() > MOST_EVENTS) {
                events.remove();
            }
            waiting = poll;
            poll = null;
            if (waiting != null) {
                now = take(mostWanted);
            }
        }
        if (waiting != null) {
            waiting.accept(now);
        }
    }

    @Override
    void sessionEnded() {
        Consumer<JsonNode> waiting;
        synchronized (events) {
            waiting = poll;
            poll = null;
        }
        if (waiting != null) {
            waiting.accept(nothing());
        }
    }

    private JsonNode take(int most) {
        if (most <= 1) {
            return events.remove();
        }
        ArrayNode taken = Json.array();
        while (taken.size() < most && !events.isEmpty()) {
            taken.add(events.remove());
        }
        return taken;
    }

    static JsonNode nothing() {
        return Json.object("janus", "keepalive");
    }
}
