package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.AuditReport;
import dev.rollcall.SessionCounts;
import dev.rollcall.stress.gateway.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What must be true when the storm is over. */
final class Aftermath {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Stage stage;
    private final Tally tally;

    /** Null for another's. */
    private final Gateway gateway;

    private final EndLedger ledger;

    /** Those that were found left over so far. */
    private final Set<Long> leftOver = new TreeSet<>();

    Aftermath(Stage stage, Gateway gateway, EndLedger ledger) {
        this.stage = stage;
        this.tally = stage.tally();
        this.gateway = gateway;
        this.ledger = ledger;
    }

    /** Compares what lives with what clients hold, once everything else has had time to end. */
    void check(Set<Long> held, int sockets) throws IOException {
        // Once something is left over, the next check need not wait for it again.
        Duration patience = tally.failed(Check.LIVE) > 0 ? Duration.ZERO : PATIENCE.plus(stage.reclaimTimeout());
        Await.until(
                patience,
                () -> gateway == null
                        ? listed().equals(held)
                        : gateway.sessions().counts().live() == held.size());
        Set<Long> listed = listed();
        Set<Long> orphans = new TreeSet<>(listed);
        orphans.removeAll(held);
        Set<Long> lost = new TreeSet<>(held);
        lost.removeAll(listed);
        tally.check(
                Check.LIVE,
                orphans.isEmpty() && lost.isEmpty(),
                listed.size() + " sessions live, " + held.size() + " are held: " + orphans.size()
                        + " belong to nobody, " + lost.size() + " are missing");
        tally.happened("sessions held at the end", held.size());
        orphans.removeIf(id -> !leftOver.add(id));
        tally.happened("sessions that belong to nobody", orphans.size());
        if (gateway != null) {
            checkInside(sockets);
        }
    }

    private void checkInside(int sockets) {
        SessionCounts counts = gateway.sessions().counts();
        tally.check(
                Check.SUMS,
                counts.detached() == 0
                        && counts.live() == counts.attached()
                        && counts.created() == counts.live() + counts.ended(),
                counts.toString());
        AuditReport audit = gateway.sessions().audit();
        tally.check(Check.AUDIT, audit.isClean() && audit.sessionsChecked() == counts.live(), audit.toString());
        // The thread that changed something may still be telling of it.
        Await.until(PATIENCE, () -> ledger.live() == counts.live());
        tally.check(
                Check.EVENTS,
                ledger.live() == counts.live()
                        && ledger.created() == counts.created()
                        && ledger.ended() == counts.ended(),
                ledger.created() + " created events, " + ledger.ended() + " ended events, but " + counts);
        Await.until(PATIENCE, () -> gateway.clientSockets() == sockets);
        tally.check(
                Check.SOCKETS,
                gateway.clientSockets() == sockets,
                gateway.clientSockets() + " sockets are open, clients hold " + sockets);
        tally.happened("sessions created", counts.created());
        tally.happened("claims", counts.claims());
    }

    private Set<Long> listed() {
        Set<Long> ids = new TreeSet<>();
        try {
            JsonNode reply = stage.admin("list_sessions", 0, "");
            stage.expect(reply, "success");
            reply.path("sessions").forEach(id -> ids.add(id.asLong()));
        } catch (IOException e) {
            tally.violation(Check.LIVE, "the sessions could not be listed: " + e);
        }
        return ids;
    }
}
