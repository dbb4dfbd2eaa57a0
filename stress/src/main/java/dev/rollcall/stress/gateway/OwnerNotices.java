package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.EndCause;
import dev.rollcall.Session;
import dev.rollcall.SessionListener;
import dev.rollcall.Transport;

/**
 * Tells owners what happened to their sessions without their doing. Runs on the thread that caused
 * it, the sweeping thread among them, so it must not block: peers do not when they send.
 */
final class OwnerNotices implements SessionListener<Handles> {
    @Override
    public void claimed(Session<Handles> session, Transport<Handles> from, Transport<Handles> to) {
        if (from != null && from != to) {
            // Not "timeout", which would make the official client close the socket it has claimed with.
            Peer owner = Peer.of(from);
            owner.send(about(session, "claimed"));
            owner.sessionLeft();
        }
    }

    @Override
    public void ended(Session<Handles> session, Transport<Handles> from, EndCause cause) {
        if (from == null) {
            return;
        }
        Peer owner = Peer.of(from);
        switch (cause) {
            case TIMED_OUT -> owner.send(about(session, "timeout"));
            case ADMIN_DESTROYED, SHUTDOWN ->
                owner.send(about(session, "timeout").put("reason", cause.name()));
            case DESTROYED, TRANSPORT_GONE, TRANSPORT_CLOSED, RECLAIM_EXPIRED -> {}
        }
        owner.sessionLeft();
    }

    private static ObjectNode about(Session<Handles> session, String what) {
        return Json.object("janus", what).put("session_id", session.id());
    }
}
