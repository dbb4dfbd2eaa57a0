package dev.rollcall.stress.gateway;

import dev.rollcall.SessionListener;
import dev.rollcall.SessionManager;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a gateway has to do with others like it. Thread-safe. */
public interface Fleet extends AutoCloseable {
    /** Of a gateway that is by itself. */
    Fleet NONE = new Fleet() {};

    /** What has to hear of sessions. */
    default List<SessionListener<Handles>> listeners() {
        return List.of();
    }

    /** How many sessions all may have, 0 for no limit. */
    default long limit() {
        return 0;
    }

    /**
     * Begins to be one of them. With a limit, the manager can have no sessions until some are
     * granted.
     */
    default void join(SessionManager<Handles> sessions, URI url) {}

    /**
     * Asks for more sessions after a create was refused.
     *
     * @return whether to try again, as soon as that is known; null if there is no use in asking
     */
    default CompletableFuture<Boolean> more() {
        return null;
    }

    /** Where a session is that is not here, for people to read; null if nobody is known to have it. */
    default String whereIs(long id) {
        return null;
    }

    /** The figures of all; null if there are no others. */
    default FleetFigure figure() {
        return null;
    }

    /** Leaves. To be called when the sessions have ended, for their permits go back. */
    @Override
    default void close() {}
}
