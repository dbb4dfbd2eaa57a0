package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import java.util.ArrayList;
import java.util.List;

/** A client without a socket, which keeps what it is told. */
final class RecordingPeer extends Peer {
    private final List<String> told = new ArrayList<>();

    RecordingPeer(SessionManager<Handles> sessions, String name) {
        super(sessions, name);
    }

    @Override
    void send(ObjectNode message) {
        told.add(Json.text(message));
    }

    /** Asks, and returns the reply and the events that came with it. */
    String ask(Api api, String request) {
        int before = told.size();
        api.handleAll(request, this, this::send);
        return String.join("\n", told.subList(before, told.size()));
    }

    /** What it was told since the last call, or has not been asked for. */
    List<String> told() {
        List<String> copy = List.copyOf(told);
        told.clear();
        return copy;
    }
}
