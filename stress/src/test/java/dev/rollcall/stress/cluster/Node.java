package dev.rollcall.stress.cluster;

import dev.rollcall.RejectReason;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import dev.rollcall.SessionManagerBuilder;
import dev.rollcall.SessionRejectedException;
import dev.rollcall.Transport;
import dev.rollcall.stress.gateway.Fleet;
import dev.rollcall.stress.gateway.FleetFigure;
import dev.rollcall.stress.gateway.Handles;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A node as a gateway makes it, without the gateway: sessions, a transport, a cluster. */
final class Node implements AutoCloseable {
    /** How long a create waits: on a machine that is busy longer than the product's, so that it is seldom refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Cluster cluster;
    final SessionManager<Handles> sessions;
    final Transport<Handles> transport;

    Node(String name, String seats, long limit) {
        cluster = new Cluster(name, seats, limit, 0, PATIENCE);
        SessionManagerBuilder<Handles> builder = SessionManager.<Handles>builder();
        cluster.listeners().forEach(builder::listener);
        sessions = (limit == 0 ? builder : builder.maxSessions(limit)).build();
        transport = sessions.openTransport("test");
        cluster.join(sessions, URI.create("ws://0.0.0.0:1/"));
    }

    FleetFigure figure() {
        return cluster.figure();
    }

    /** Whether this node counts so many nodes, all that there are, and so many sessions. */
    boolean counts(int nodes, long live) {
        FleetFigure figure = figure();
        return figure.isWhole() && figure.parts().size() == nodes && figure.live() == live;
    }

    /** As the gateway does it; null if the limit is reached. */
    Session<Handles> create() {
        for (int i = 0; i < 4; i++) {
            try {
                return sessions.create(transport);
            } catch (SessionRejectedException refused) {
                if (refused.reason() != RejectReason.LIMIT_REACHED) {
                    throw refused;
                }
                CompletableFuture<Boolean> more = cluster.more();
                if (more == null || !more.join()) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Creates until it is refused; returns how many it created. */
    int createAll() {
        int created = 0;
        while (create() != null) {
            created++;
        }
        return created;
    }

    /** Creates until it has so many, or is refused; returns whether it has them. */
    boolean fill(long live) {
        while (live() < live) {
            if (create() == null) {
                return false;
            }
        }
        return true;
    }

    long live() {
        return sessions.counts().live();
    }

    /** Cuts the node off from the others, by the engine's own means, or no longer. */
    void cutOff(boolean isCut) throws Exception {
        Cut.set(cluster.channel(), isCut);
    }

    boolean isAlone() {
        return figure().trouble().startsWith("alone");
    }

    @Override
    public void close() {
        sessions.close();
        ((Fleet) cluster).close();
    }
}
