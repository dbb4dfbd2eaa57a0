package dev.rollcall.stress.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.AuditReport;
import dev.rollcall.EndCause;
import dev.rollcall.ManagerPhase;
import dev.rollcall.ManagerStatus;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What the live page shows. All session figures of one answer are of one instant. Thread-safe. */
final class Figures {
    private static final int MOST_CONNECTIONS = 100;
    private static final int MOST_DISAGREEMENTS = 20;

    /** Sweeps that are later than this keep sessions alive that somebody waits for to end. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private final SessionManager<Handles> sessions;
    private final Terms terms;
    private final Connections connections;
    private final Fleet fleet;
    private final Refusals refusals;
    private final History history = new History();

    private final AtomicBoolean isAuditing = new AtomicBoolean();

    /** The latest audit, which nobody changes any more; null before the first. */
    private volatile ObjectNode audit;

    Figures(SessionManager<Handles> sessions, Terms terms, Connections connections, Fleet fleet, Refusals refusals) {
        this.sessions = sessions;
        this.terms = terms;
        this.connections = connections;
        this.fleet = fleet;
        this.refusals = refusals;
    }

    /** To be called once a second. */
    void sample() {
        history.add(sessions.counts());
    }

    /** READY, DRAINING, LATE (sessions outlive their deadlines) or CLOSED. */
    String health() {
        return health(sessions.status());
    }

    private static String health(ManagerStatus status) {
        if (status.phase() != ManagerPhase.OPEN) {
            return status.phase().name();
        }
        return status.sweepDelay().compareTo(LATE) > 0 ? "LATE" : "READY";
    }

    ObjectNode json() {
        ManagerStatus status = sessions.status();
        SessionCounts counts = status.counts();
        ObjectNode json = Json.object("name", status.name())
                .put("health", health(status))
                .put("accepting", terms.isAccepting())
                .put("live", counts.live())
                .put("attached", counts.attached())
                .put("detached", counts.detached())
                .put("created", counts.created())
                .put("claims", counts.claims())
                .put("detachments", counts.detachments());
        ObjectNode ended = json.putObject("ended");
        for (EndCause cause : EndCause.values()) {
            ended.put(cause.name(), counts.ended(cause));
        }
        ObjectNode rejected = json.putObject("rejected");
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason.name(), refusals.count(reason));
        }
        json.put("limit", status.maxSessions().orElse(0))
                .put("sessionTimeoutSeconds", terms.sessionTimeout().toMillis() / 1e3)
                .put("reclaimTimeoutSeconds", status.reclaimTimeout().toMillis() / 1e3)
                .put("eventBacklog", status.eventBacklog())
                .put("listenerFailures", status.listenerFailures())
                .put("sweepDelayMillis", status.sweepDelay().toMillis())
                .put("clientSockets", connections.count(ClientApi.SUBPROTOCOL))
                .put("adminSockets", connections.count(AdminApi.SUBPROTOCOL))
                .put("tooSlow", connections.tooSlowEver());
        json.set("connections", connections.list(MOST_CONNECTIONS));
        json.set("fleet", fleetJson(fleet.figure()));
        json.set("history", history.json());
        json.set("audit", audit);
        return json;
    }

    /** Null if there is no fleet. */
    private static ObjectNode fleetJson(FleetFigure figure) {
        if (figure == null) {
            return null;
        }
        ObjectNode json = Json.object("cluster", figure.cluster())
                .put("node", figure.node())
                .put("trouble", figure.trouble())
                .put("whole", figure.isWhole())
                .put("nodes", figure.parts().size())
                .put("known", figure.known())
                .put("live", figure.live())
                .put("attached", figure.attached())
                .put("detached", figure.detached())
                .put("limit", figure.limit())
                .put("leased", figure.leased())
                .put("open", figure.isOpen());
        var missing = json.putArray("missing");
        figure.missing().forEach(missing::add);
        var parts = json.putArray("parts");
        for (FleetFigure.Part part : figure.parts()) {
            parts.addObject()
                    .put("node", part.node())
                    .put("incarnation", part.incarnation())
                    .put("live", part.live())
                    .put("attached", part.attached())
                    .put("detached", part.detached())
                    .put("created", part.created())
                    .put("leased", part.leased())
                    .put("ageMillis", part.ageNanos() / 1_000_000);
        }
        return json;
    }

    /** Audits the manager; null if that is under way already, for an audit looks at every session. */
    ObjectNode audit() {
        return audit(sessions::audit);
    }

    ObjectNode audit(Supplier<AuditReport> auditor) {
        if (!isAuditing.compareAndSet(false, true)) {
            return null;
        }
        try {
            long start = System.nanoTime();
            audit = json(auditor.get(), start);
            return audit;
        } finally {
            isAuditing.set(false);
        }
    }

    private static ObjectNode json(AuditReport report, long start) {
        ObjectNode json = Json.object()
                .put("at", System.currentTimeMillis())
                .put("millis", (System.nanoTime() - start) / 1_000_000)
                .put("checked", report.sessionsChecked())
                .put("drift", report.disagreements().size());
        var list = json.putArray("disagreements");
        report.disagreements().stream()
                .limit(MOST_DISAGREEMENTS)
                .forEach(disagreement -> list.add(disagreement.toString()));
        return json;
    }
}
