package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * A client that polls over HTTP: the owner of one session, whose events wait here to be fetched. Who
 * knows the session's id in the path of a request is taken for its owner; HTTP has no connection
 * that could be lost, so only a destroy or a timeout ends the session.
 */
final class HttpPeer extends Peer {
    /** Of a client that does not poll the oldest events are dropped. */
    private static final int MOST_EVENTS = 256;

    /** Of all events together; one alone may be longer. */
    private static final int MOST_CHARACTERS = 1 << 18;

    private static final String NOTHING = Json.text(Json.object("janus", "keepalive"));

    /** As JSON. */
    private final Deque<String> events = new ArrayDeque<>();

    /** The length of all events. */
    private int characters;

    private Consumer<String> poll;
    private int mostWanted;

    HttpPeer(SessionManager<Handles> sessions, String name) {
        super(sessions, name);
    }

    /**
     * Hands the next events to a poll, now or as soon as there are any. An earlier poll that waits
     * gives up, and so does this one if the session has ended.
     *
     * @param session whose end releases the poll
     * @param most how many at once; more than one come as an array
     * @param waiting told once, in JSON
     */
    void poll(Session<Handles> session, int most, Consumer<String> waiting) {
        Consumer<String> former;
        String now = null;
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
            former.accept(NOTHING);
        }
        if (now != null) {
            waiting.accept(now);
        }
        // If the session ended before this poll was registered, nothing else releases it.
        if (!session.isLive()) {
            giveUp(waiting);
        }
    }

    /** A poll has waited for long enough. */
    void giveUp(Consumer<String> waiting) {
        synchronized (events) {
            if (!waiting.equals(poll)) {
                return;
            }
            poll = null;
        }
        waiting.accept(NOTHING);
    }

    @Override
    void send(ObjectNode message) {
        // First of all: a message that cannot be written must not cost a poll its answer.
        String event = Json.text(message);
        Consumer<String> waiting;
        String now = null;
        synchronized (events) {
            events.add(event);
            characters += event.length();
            while (events.size() > MOST_EVENTS || (characters > MOST_CHARACTERS && events.size() > 1)) {
                next();
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

    /** The event first: a client that has the answer may poll, and ask for the next event, at once. */
    @Override
    void answer(Consumer<ObjectNode> reply, ObjectNode answer, ObjectNode event) {
        send(event);
        reply.accept(answer);
    }

    @Override
    void sessionEnded() {
        Consumer<String> waiting;
        synchronized (events) {
            waiting = poll;
            poll = null;
        }
        if (waiting != null) {
            waiting.accept(NOTHING);
        }
    }

    private String take(int most) {
        if (most <= 1) {
            return next();
        }
        StringJoiner taken = new StringJoiner(",", "[", "]");
        for (int i = 0; i < most && !events.isEmpty(); i++) {
            taken.add(next());
        }
        return taken.toString();
    }

    private String next() {
        String event = events.remove();
        characters -= event.length();
        return event;
    }
}
