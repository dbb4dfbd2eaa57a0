package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import dev.rollcall.slots.SlotLists;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audit of one shard while it runs: visits the slots in batches, each under the lock, and
 * recounts the sessions as it goes. What changes behind it between two batches is reported by the
 * shard ({@link #moved}), as an incremental garbage collector is told of writes behind its back, so
 * that at the end the recount is of that instant and must equal the tallies. Confined to the lock.
 */
final class ShardAudit<A> {
    private final Shard<A> shard;
    private final Settings<A> settings;
    private final List<Disagreement> found;
    private final Map<Transport<A>, Long> perTransport = new IdentityHashMap<>();
    private int cursor = 1;
    private long attached;
    private long detached;
    private long checked;

    ShardAudit(Shard<A> shard, Settings<A> settings, List<Disagreement> found) {
        this.shard = shard;
        this.settings = settings;
        this.found = found;
    }

    /** Checks one batch; false once all slots are done and the totals were compared. */
    boolean step() {
        int limit = shard.slots.limit();
        for (int i = 0; i < Shard.BATCH && cursor <= limit; i++, cursor++) {
            Session<A> session = shard.slots.get(cursor);
            if (session != null) {
                check(session);
                recount(true, session.transport(), 1);
                checked++;
            } else if (shard.wheel.isScheduled(cursor)) {
                report("shard " + shard.index + " slot " + cursor, "free slot has a timer", false, true);
            }
        }
        if (cursor <= limit) {
            return true;
        }
        compareTotals();
        return false;
    }

    long checked() {
        return checked;
    }

    /** A session's place changed. Counts only where the cursor has been; the rest is still to come. */
    void moved(int slot, boolean wasLive, Transport<A> from, boolean isLive, Transport<A> to) {
        if (slot < cursor) {
            recount(wasLive, from, -1);
            recount(isLive, to, 1);
        }
    }

    private void recount(boolean live, Transport<A> owner, int change) {
        if (!live) {
            return;
        }
        if (owner == null) {
            detached += change;
        } else {
            attached += change;
            perTransport.merge(owner, (long) change, Long::sum);
        }
    }

    private void check(Session<A> session) {
        String subject = "session " + SessionIds.masked(session.id);
        long word = session.state;
        Transport<A> owner = session.transport();
        expect(subject, "its slot", cursor, session.slot);
        expect(subject, "live while in the table", true, !SessionState.isEnded(word));
        expect(subject, "found by its id", true, shard.table.find(session.id, session.hash()) == session);
        expect(subject, "has an owner", SessionState.isAttached(word), owner != null);
        if (owner != null) {
            expect(subject, "in the list of " + owner.name(), true, isInList(owner));
        }
        long deadline = session.terms.deadline(word);
        expect(subject, "has a timer", deadline >= 0, shard.wheel.isScheduled(cursor));
        if (deadline >= 0 && !shard.wheel.hasDue()) {
            boolean passed = settings.tickOf(deadline) <= shard.wheel.elapsed();
            expect(subject, "its timer was passed over", false, passed);
        }
    }

    private boolean isInList(Transport<A> owner) {
        int prev = shard.lists.prev(SlotLists.PEERS, cursor);
        int next = shard.lists.next(SlotLists.PEERS, cursor);
        int fromPrev = prev == SlotLists.NIL ? owner.head(shard.index) : shard.lists.next(SlotLists.PEERS, prev);
        return fromPrev == cursor && (next == SlotLists.NIL || shard.lists.prev(SlotLists.PEERS, next) == cursor);
    }

    private void compareTotals() {
        String subject = "shard " + shard.index;
        Tallies tallies = shard.tallies;
        expect(subject, "attached tally", attached, tallies.get(Tallies.ATTACHED));
        expect(subject, "detached tally", detached, tallies.get(Tallies.DETACHED));
        expect(subject, "table size", attached + detached, shard.table.size());
        expect(subject, "slots in use", attached + detached, shard.slots.inUse());
        long ended = 0;
        for (EndCause cause : EndCause.values()) {
            ended += tallies.get(Tallies.ENDED + cause.ordinal());
        }
        expect(subject, "created tally less ended tallies", attached + detached, tallies.get(Tallies.CREATED) - ended);
        perTransport.forEach((owner, count) ->
                expect(owner.toString(), "its sessions in " + subject, count, owner.length(shard.index)));
    }

    private void expect(String subject, String fact, Object expected, Object actual) {
        if (expected instanceof Number a && actual instanceof Number b
                ? a.longValue() != b.longValue()
                : !expected.equals(actual)) {
            report(subject, fact, expected, actual);
        }
    }

    private void report(String subject, String fact, Object expected, Object actual) {
        found.add(new Disagreement(subject, fact, expected.toString(), actual.toString()));
    }
}
