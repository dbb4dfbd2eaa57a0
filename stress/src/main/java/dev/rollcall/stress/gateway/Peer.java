package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SessionManager;
import dev.rollcall.Transport;
import java.util.function.Consumer;

/** A client, as the protocol sees it: the transport that owns its sessions, and a way to tell it. */
abstract class Peer {
    private final Transport<Handles> transport;

    /** Opens the transport; its attachment is this peer. */
    @SuppressWarnings("this-escape") // nobody asks the transport for it before it has a session
    Peer(SessionManager<Handles> sessions, String name) {
        transport = sessions.openTransport(name, this);
    }

    /** The peer that opened a transport. */
    static Peer of(Transport<Handles> transport) {
        return transport.attachment(Peer.class);
    }

    Transport<Handles> transport() {
        return transport;
    }

    /** Sends a message. Never blocks; a peer that is gone hears nothing. Thread-safe. */
    abstract void send(ObjectNode message);

    /**
     * Answers a request, and sends the event that follows from it. The client gets the event after the
     * answer.
     */
    void answer(Consumer<ObjectNode> reply, ObjectNode answer, ObjectNode event) {
        reply.accept(answer);
        send(event);
    }

    /** One of its sessions has ended or is another's now, and nothing more will be sent about it. */
    void sessionLeft() {}

    /** A request waits for others, and will be answered later. */
    void deferred() {}

    /** A request that was deferred has been answered. */
    void settled() {}
}
