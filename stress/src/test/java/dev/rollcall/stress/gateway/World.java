package dev.rollcall.stress.gateway;

import dev.rollcall.ManualTicker;
import dev.rollcall.Session;
import dev.rollcall.SessionManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Both APIs on a manager in time that runs by hand, whose generated ids are 1001, 1002, … */
final class World {
    final ManualTicker ticker = new ManualTicker();
    private final AtomicLong ids = new AtomicLong(1000);
    final SessionManager<Handles> sessions = SessionManager.<Handles>builder()
            .name("world")
            .sessionTimeout(Duration.ofSeconds(60))
            .reclaimTimeout(Duration.ofSeconds(10))
            .maxSessions(3)
            .ticker(ticker)
            .callerSweeps()
            .idSource(ids::incrementAndGet)
            .listener(new OwnerNotices())
            .build();
    final Terms terms = new Terms(sessions);
    final Connections connections = new Connections(10_000);
    final ClientApi client = new ClientApi(sessions, terms, Fleet.NONE, Runnable::run);
    final AdminApi admin = new AdminApi(sessions, terms, connections, "secret", Fleet.NONE);
    final RecordingPeer peer = peer("ws-1");

    RecordingPeer peer(String name) {
        return new RecordingPeer(sessions, name);
    }

    String ask(String request) {
        return peer.ask(client, json(request));
    }

    String askAdmin(String request) {
        return peer.ask(admin, json(request));
    }

    /** Creates a session and attaches a handle to it. */
    Session<Handles> session(long id, RecordingPeer owner) {
        owner.ask(client, json("{'janus':'create','transaction':'t','id':" + id + "}"));
        return sessions.find(id);
    }

    void pass(Duration time) {
        ticker.advance(time);
        sessions.sweep();
    }

    /** With the quotes that Java has no use for. */
    static String json(String text) {
        return text.replace('\'', '"');
    }
}
