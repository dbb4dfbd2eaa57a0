package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Records what a listener is told, per session and in all. For any number of threads. */
final class Recorder<A> implements SessionListener<A> {
    /** G8: the only order in which a session's events may come. */
    private static final String LEGAL = "created( claimed| detached claimed)*( detached)?( ended)?";

    private final Map<Session<A>, List<String>> histories = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    @Override
    public void created(Session<A> session, Transport<A> transport) {
        record(session, "created " + transport.name());
    }

    @Override
    public void detached(Session<A> session, Transport<A> from) {
        record(session, "detached " + from.name());
    }

    @Override
    public void claimed(Session<A> session, Transport<A> from, Transport<A> to) {
        record(session, "claimed " + (from == null ? "nobody" : from.name()) + " " + to.name());
    }

    @Override
    public void ended(Session<A> session, Transport<A> from, EndCause cause) {
        record(session, "ended " + cause);
    }

    private void record(Session<A> session, String event) {
        List<String> history = histories.computeIfAbsent(session, absent -> new ArrayList<>());
        synchronized (history) {
            history.add(event);
        }
        size.incrementAndGet();
    }

    /** One session's events so far, in order of delivery. */
    List<String> history(Session<A> session) {
        List<String> history = histories.getOrDefault(session, List.of());
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /** How many events of all sessions were delivered. */
    int size() {
        return size.get();
    }

    int sessions() {
        return histories.size();
    }

    /** Every session's history is legal (G8) and, if it has ended, complete with one cause (G2). */
    void assertHistoriesAreLegal() {
        for (Session<A> session : histories.keySet()) {
            List<String> history = history(session);
            StringBuilder kinds = new StringBuilder();
            for (String event : history) {
                kinds.append(kinds.isEmpty() ? "" : " ").append(event, 0, event.indexOf(' '));
            }
            assertThat(kinds.toString())
                    .as("history %s of %s", history, session)
                    .matches(LEGAL);
            if (!session.isLive()) {
                assertThat(history).as("history of %s", session).endsWith("ended " + session.endCause());
            }
        }
    }
}
