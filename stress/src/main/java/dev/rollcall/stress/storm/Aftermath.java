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
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
        if (gateway != null) {
            Await.until(PATIENCE, () -> gateway.clientSockets() == sockets);
        }
        Await.until(PATIENCE.plus(stage.reclaimTimeout()), () -> isOver(held));
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

    /** Whether all else has ended, but for what was found left over before. */
    private boolean isOver(Set<Long> held) {
        if (gateway != null) {
            return gateway.sessions().counts().live() <= held.size() + leftOver.size();
        }
        Set<Long> others = listed();
        others.removeAll(leftOver);
        return others.equals(held);
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
        tally.check(
                Check.EVENTS,
                Await.until(PATIENCE, () -> ledger.agreesWith(counts)),
                ledger.created() + " created events, " + ledger.ended() + " ended events, but " + counts);
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
