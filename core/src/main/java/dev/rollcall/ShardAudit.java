package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

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
    private final IdentityHashMap<Transport<A>, long[]> perTransport = new IdentityHashMap<>();

    /** The keys of the map, in order of discovery, to be compared in batches. */
    private final List<Transport<A>> owners = new ArrayList<>();

    private int ownersCompared;
    private int cursor = 1;
    private long attached;
    private long detached;
    private long checked;
    private boolean isSpoilt;

    ShardAudit(Shard<A> shard, Settings<A> settings, List<Disagreement> found) {
        this.shard = shard;
        this.settings = settings;
        this.found = found;
    }

    /** Checks one batch of slots, then of transports; false once all totals were compared. */
    boolean step() {
        int limit = shard.slots.limit();
        for (int i = 0; i < Shard.BATCH && cursor <= limit; i++, cursor++) {
            Session<A> session = shard.slots.get(cursor);
            if (session != null) {
                if (!isSound(session)) {
                    describe(session);
                }
                recount(true, session.owner(), 1);
                checked++;
            }
        }
        if (cursor <= limit) {
            return true;
        }
        for (int i = 0; i < Shard.BATCH && ownersCompared < owners.size(); i++, ownersCompared++) {
            Transport<A> owner = owners.get(ownersCompared);
            expect(
                    owner.toString(),
                    "its sessions in " + name(),
                    perTransport.get(owner)[0],
                    owner.length(shard.index));
        }
        if (ownersCompared < owners.size()) {
            return true;
        }
        compareTotals();
        return false;
    }

    private String name() {
        return "shard " + shard.index;
    }

    long checked() {
        return checked;
    }

    /** A session's place changed. Counts only where the cursor has been; the rest is still to come. */
    void moved(int slot, boolean wasLive, Transport<A> from, boolean isLive, Transport<A> to) {
        if (slot >= cursor) {
            return;
        }
        try {
            recount(wasLive, from, -1);
            recount(isLive, to, 1);
        } catch (OutOfMemoryError full) {
            // The change that is being reported must not suffer; the audit has to start again.
            isSpoilt = true;
        }
    }

    /** Whether a change could not be recounted, for lack of memory: nothing is to be concluded. */
    boolean isSpoilt() {
        return isSpoilt;
    }

    private void recount(boolean live, Transport<A> owner, int change) {
        if (!live) {
            return;
        }
        if (owner == null) {
            detached += change;
        } else {
            attached += change;
            long[] known = perTransport.get(owner);
            (known == null ? discovered(owner) : known)[0] += change;
        }
    }

    private long[] discovered(Transport<A> owner) {
        long[] none = new long[1];
        owners.add(owner);
        perTransport.put(owner, none);
        return none;
    }

    /** All that {@link #describe} tells of, without allocating anything: this runs with the lock held. */
    private boolean isSound(Session<A> session) {
        long word = session.state;
        Transport<A> owner = session.owner();
        long deadline = session.context.deadline(word);
        return session.slot == cursor
                && !SessionState.isEnded(word)
                && shard.table.find(session.id, session.hash()) == session
                && SessionState.isAttached(word) == (owner != null)
                && (owner == null || owner.holds(shard.index, cursor, shard.lists))
                && (deadline < 0 || shard.wheel.isFiledBy(cursor, settings.tickOf(deadline)));
    }

    private void describe(Session<A> session) {
        String subject = "session " + SessionIds.masked(session.id);
        long word = session.state;
        Transport<A> owner = session.owner();
        expect(subject, "its slot", cursor, session.slot);
        expect(subject, "live while in the table", true, !SessionState.isEnded(word));
        expect(subject, "found by its id", true, shard.table.find(session.id, session.hash()) == session);
        expect(subject, "has an owner", SessionState.isAttached(word), owner != null);
        if (owner != null) {
            expect(
                    subject,
                    "among the sessions of " + owner.name(),
                    true,
                    owner.holds(shard.index, cursor, shard.lists));
        }
        long deadline = session.context.deadline(word);
        if (deadline >= 0) {
            expect(
                    subject,
                    "has a timer by its deadline",
                    true,
                    shard.wheel.isFiledBy(cursor, settings.tickOf(deadline)));
        }
    }

    private void compareTotals() {
        String subject = name();
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
        expect(
                subject,
                "detachments tally less reclaims and ends while detached",
                detached,
                tallies.get(Tallies.DETACHMENTS) - tallies.get(Tallies.RECLAIMS) - tallies.get(Tallies.ENDED_DETACHED));
    }

    private void expect(String subject, String fact, Object expected, Object actual) {
        if ((expected instanceof Number a && actual instanceof Number b)
                ? a.longValue() != b.longValue()
                : !expected.equals(actual)) {
            report(subject, fact, expected, actual);
        }
    }

    private void report(String subject, String fact, Object expected, Object actual) {
        found.add(new Disagreement(subject, fact, expected.toString(), actual.toString()));
    }
}
