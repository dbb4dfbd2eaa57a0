package dev.rollcall.stress.soak;

import dev.rollcall.AuditReport;
import dev.rollcall.EndCause;
import dev.rollcall.RejectReason;
import dev.rollcall.SessionCounts;
import dev.rollcall.SessionInfo;
import dev.rollcall.Transport;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Compares what the manager says of itself: {@code counts()}, listing and {@code audit()}, while
 * everything moves (as a thread) and at rest, where the histories have their say too.
 */
final class Auditing implements Runnable {
    private final Stage stage;
    private final Findings findings;
    private SessionCounts previous;

    /** Of the sessions whose history was checked and dropped. At rest only. */
    private final Map<EndCause, Long> endedHistories = new EnumMap<>(EndCause.class);

    private long historiesDropped;

    Auditing(Stage stage) {
        this.stage = stage;
        this.findings = stage.findings;
        this.previous = stage.manager.counts();
    }

    @Override
    public void run() {
        while (stage.gate.pass()) {
            SessionCounts before = snapshot();
            List<SessionInfo> listing = stage.manager.sessionInfos();
            SessionCounts after = snapshot();
            checkListing(before, listing, after);
            if (stage.random().nextInt(4) == 0) {
                checkAudit("under way");
            }
        }
    }

    /** A snapshot, checked in itself and against the one before. */
    private SessionCounts snapshot() {
        SessionCounts counts = stage.manager.counts();
        long live = stage.facade.live(counts);
        findings.check(counts.created() == live + counts.ended(), "G1: created is not live + ended: " + counts);
        findings.check(counts.attached() + counts.detached() == live, "G1: attached + detached is not live: " + counts);
        findings.check(
                counts.detachments() == counts.detached() + counts.reclaims() + counts.endedDetached(),
                "G1: detachments is not detached + reclaims + ended while detached: " + counts);
        findings.check(counts.attached() >= 0 && counts.detached() >= 0, "G1: a negative figure: " + counts);
        findings.check(live <= stage.maxSessions, "G9: more than " + stage.maxSessions + " sessions: " + counts);
        findings.check(isMonotone(previous, counts), "G1: a total went back from " + previous + " to " + counts);
        previous = counts;
        return counts;
    }

    private static boolean isMonotone(SessionCounts earlier, SessionCounts later) {
        boolean isMonotone = earlier.created() <= later.created()
                && earlier.detachments() <= later.detachments()
                && earlier.claims() <= later.claims()
                && earlier.reclaims() <= later.reclaims()
                && earlier.endedDetached() <= later.endedDetached();
        for (EndCause cause : EndCause.values()) {
            isMonotone &= earlier.ended(cause) <= later.ended(cause);
        }
        for (RejectReason reason : RejectReason.values()) {
            isMonotone &= earlier.rejectedCreates(reason) <= later.rejectedCreates(reason);
            isMonotone &= earlier.rejectedClaims(reason) <= later.rejectedClaims(reason);
        }
        return isMonotone;
    }

    /** Those live throughout are in it, and nobody who was not live for a moment. */
    private void checkListing(SessionCounts before, List<SessionInfo> listing, SessionCounts after) {
        long atLeast = before.live() - (after.ended() - before.ended());
        long atMost = before.live() + (after.created() - before.created());
        findings.check(
                atLeast <= listing.size() && listing.size() <= atMost,
                "listing of " + listing.size() + " between " + before + " and " + after);
    }

    private void checkAudit(String when) {
        AuditReport report = stage.manager.audit();
        findings.check(report.isClean(), "audit " + when + ": " + report.disagreements());
        stage.coverage.happened("audit " + when);
    }

    /** With all threads at rest everything must agree with everything. */
    void atRest() {
        SessionCounts counts = snapshot();
        checkAudit("at rest");
        List<SessionInfo> listing = stage.manager.sessionInfos();
        findings.check(listing.size() == counts.live(), "listing of " + listing.size() + " at rest: " + counts);
        long count = stage.manager.count();
        findings.check(count == counts.live(), "count() is " + count + " at rest: " + counts);
        checkTransports(counts);
        checkHistories(counts);
    }

    private void checkTransports(SessionCounts counts) {
        long attached = 0;
        for (int i = 0; i < stage.transports.length(); i++) {
            attached += stage.transports.get(i).count();
        }
        findings.check(attached == counts.attached(), attached + " sessions on transports: " + counts);
        for (Transport<History> transport : stage.lost) {
            findings.check(transport.count() == 0, "G5: " + transport.count() + " sessions on " + transport);
        }
        stage.lost.clear();
    }

    private void checkHistories(SessionCounts counts) {
        long live = 0;
        for (Iterator<History> all = stage.histories.iterator(); all.hasNext(); ) {
            History history = all.next();
            EndCause cause = history.session().endCause();
            List<String> violations = HistoryChecker.violations(history, cause);
            if (violations.isEmpty()) {
                findings.passed();
            } else {
                findings.violation(String.join("; ", violations), history);
            }
            if (cause == null) {
                live++;
            } else {
                endedHistories.merge(cause, 1L, Long::sum);
                historiesDropped++;
                all.remove();
            }
        }
        findings.check(
                counts.created() == live + historiesDropped,
                "histories of " + (live + historiesDropped) + ": " + counts);
        for (EndCause cause : EndCause.values()) {
            long ended = endedHistories.getOrDefault(cause, 0L);
            findings.check(counts.ended(cause) == ended, ended + " sessions ended by " + cause + ": " + counts);
        }
    }
}
