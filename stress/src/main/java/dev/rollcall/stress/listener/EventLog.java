package dev.rollcall.stress.listener;

import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;

/** Writes down the names of the events of one session, in the order in which they were told. */
final class EventLog implements SessionListener<Void> {
    private String text = "";

    @Override
    public void created(Session<Void> session, Transport<Void> transport) {
        add("created");
    }

    @Override
    public void detached(Session<Void> session, Transport<Void> from) {
        add("detached");
    }

    @Override
    public void claimed(Session<Void> session, Transport<Void> from, Transport<Void> to) {
        add("claimed");
    }

    @Override
    public void ended(Session<Void> session, Transport<Void> from, EndCause cause) {
        add("ended");
    }

    synchronized void add(String event) {
        text = text.isEmpty() ? event : text + ' ' + event;
    }

    synchronized void clear() {
        text = "";
    }

    synchronized String text() {
        return text;
    }
}
