package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    /** As many polls of one session wait at a time, those that nobody waits for any more among them. */
    private static final int MOST_POLLS = 4;

    private static final String NOTHING = Json.text(Json.object("janus", "keepalive"));

    /** As JSON. */
    private final Deque<String> events = new ArrayDeque<>();

    /** The length of all events. */
    private int characters;

    /** The newest first. */
    private final Deque<Poll> polls = new ArrayDeque<>();

    /** One that waits, for so many events at once. */
    private record Poll(Consumer<String> waiting, int most) {
        void nothing() {
            waiting.accept(most <= 1 ? NOTHING : "[" + NOTHING + "]");
        }
    }

    HttpPeer(SessionManager<Handles> sessions, String name) {
        super(sessions, name);
    }

    /**
     * Hands the next events to a poll, now or as soon as there are any. Earlier polls go on waiting,
     * for a client that polls anew as soon as it is answered may have two of them: if each ended the
     * other, there would be no end to it. Only the oldest gives up if there are too many, and so does
     * this one if the session has ended or was claimed.
     *
     * @param session whose end or claim releases the poll
     * @param most how many at once; more than one come as an array
     * @param waiting told once, in JSON
     */
    void poll(Session<Handles> session, int most, Consumer<String> waiting) {
        Poll oldest = null;
        String now = null;
        synchronized (events) {
            if (events.isEmpty()) {
                polls.push(new Poll(waiting, most));
                oldest = polls.size() > MOST_POLLS ? polls.removeLast() : null;
            } else {
                now = take(most);
            }
        }
        if (oldest != null) {
            oldest.nothing();
        }
        if (now != null) {
            waiting.accept(now);
        }
        // If the session ended or was claimed before this poll was registered, nothing else releases it.
        if (session.transport() != transport()) {
            giveUp(waiting);
        }
    }

    /** A poll has waited for long enough. */
    void giveUp(Consumer<String> waiting) {
        release(poll -> poll.waiting.equals(waiting));
    }

    private void release(Predicate<Poll> which) {
        List<Poll> released = new ArrayList<>();
        synchronized (events) {
            polls.removeIf(poll -> which.test(poll) && released.add(poll));
        }
        released.forEach(Poll::nothing);
    }

    @Override
    void send(ObjectNode message) {
        // First of all: a message that cannot be written must not cost a poll its answer.
        String event = Json.text(message);
        Poll newest;
        String now = null;
        synchronized (events) {
            events.add(event);
            characters += event.length();
            while (events.size() > MOST_EVENTS || (characters > MOST_CHARACTERS && events.size() > 1)) {
                next();
            }
            // An older one may be of a connection that is dead.
            newest = polls.poll();
            if (newest != null) {
                now = take(newest.most);
            }
        }
        if (newest != null) {
            newest.waiting.accept(now);
        }
    }

    /** The event first: a client that has the answer may poll, and ask for the next event, at once. */
    @Override
    void answer(Consumer<ObjectNode> reply, ObjectNode answer, ObjectNode event) {
        send(event);
        reply.accept(answer);
    }

    @Override
    void sessionLeft() {
        release(poll -> true);
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
