package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one shard while it runs: visits the buckets in batches, each under the lock, and
 * recounts the sessions as it goes. Each bucket that existed at the beginning is visited together
 * with all buckets split from it since (T4). The shard reports what changes between two batches
 * where the audit has been already ({@link #moved}), as an incremental garbage collector is told of
 * writes behind its back. So at the end the recount is of that instant and must equal the tallies.
 * Confined to the lock.
 */
final class ShardAudit<A> {
    private static final int MOST_PROVIDED = 1 << 16;

    private final Shard<A> shard;
    private final Settings<A> settings;
    private final List<Disagreement> found;
    private final IdentityHashMap<Transport<A>, long[]> perTransport;

    /** The keys of the map, in order of discovery, to be compared in batches. */
    private final List<Transport<A>> owners;

    private int ownersCompared;

    /** How many buckets there were at the first step; 0 before. */
    private int buckets;

    /** The next of these buckets to visit. */
    private int cursor;

    private final List<Session<A>> visited = new ArrayList<>();
    private long attached;
    private long detached;
    private long checked;
    private boolean isSpoilt;

    ShardAudit(Shard<A> shard, Settings<A> settings, List<Disagreement> found) {
        this.shard = shard;
        this.settings = settings;
        this.found = found;
        // They should not grow with the lock held. For more transports than this it would cost too much to provide.
        int most = Math.min(shard.size(), MOST_PROVIDED);
        this.perTransport = new IdentityHashMap<>(most);
        this.owners = new ArrayList<>(most);
    }

    /**
     * Checks one batch of buckets, then of transports; false once all totals were compared.
     *
     * @throws OutOfMemoryError if a change could not be recounted: nothing is to be concluded
     */
    boolean step() {
        if (isSpoilt) {
            throw new OutOfMemoryError("cannot audit: no memory to follow the changes of shard " + shard.index);
        }
        if (buckets == 0) {
            buckets = shard.buckets();
        }
        for (int i = 0; i < Batch.SIZE && cursor < buckets; i++, cursor++) {
            visited.clear();
            shard.addSplitFrom(cursor, buckets, visited);
            for (Session<A> session : visited) {
                if (!isSound(session)) {
                    describe(session);
                }
                recount(true, session.owner(), 1);
                checked++;
            }
        }
        if (cursor < buckets) {
            return true;
        }
        for (int i = 0; i < Batch.SIZE && ownersCompared < owners.size(); i++, ownersCompared++) {
            Transport<A> owner = owners.get(ownersCompared);
            long recounted = Nulls.certain(perTransport.get(owner))[0];
            expect(owner.toString(), "its sessions in " + name(), recounted, owner.size(shard.index));
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

    /**
     * A session's place changed. Counts only where the cursor has been; the rest is still to come.
     */
    void moved(long hash, boolean wasLive, @Nullable Transport<A> from, boolean isLive, @Nullable Transport<A> to) {
        if (SessionTable.bucket(hash, buckets) >= cursor) {
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

    private void recount(boolean live, @Nullable Transport<A> owner, int change) {
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
        // In this order: without memory for the second, the first must not be missing.
        perTransport.put(owner, none);
        owners.add(owner);
        return none;
    }

    /**
     * All that {@link #describe} tells of, without allocating anything: this runs with the lock
     * held.
     */
    private boolean isSound(Session<A> session) {
        long word = session.state;
        long hash = session.hash();
        Transport<A> owner = session.owner();
        long deadline = session.context.deadline(word);
        return !SessionState.isEnded(word)
                && shard.find(session.id, hash) == session
                && SessionState.isAttached(word) == (owner != null)
                && (owner == null || owner.holds(shard.index, session))
                && (deadline < 0
                        || shard.wheel.isFiledBy(Shard.blockOf(shard.bucketOf(hash)), settings.tickOf(deadline)));
    }

    private void describe(Session<A> session) {
        String subject = "session " + SessionIds.masked(session.id);
        long word = session.state;
        long hash = session.hash();
        Transport<A> owner = session.owner();
        expect(subject, "live while in the table", true, !SessionState.isEnded(word));
        expect(subject, "found by its id", true, shard.find(session.id, hash) == session);
        expect(subject, "has an owner", SessionState.isAttached(word), owner != null);
        if (owner != null) {
            expect(subject, "among the sessions of " + owner.name(), true, owner.holds(shard.index, session));
        }
        long deadline = session.context.deadline(word);
        if (deadline >= 0) {
            boolean isFiled = shard.wheel.isFiledBy(Shard.blockOf(shard.bucketOf(hash)), settings.tickOf(deadline));
            expect(subject, "has a timer by its deadline", true, isFiled);
        }
    }

    private void compareTotals() {
        String subject = name();
        Tallies tallies = shard;
        expect(subject, "attached tally", attached, tallies.tally(Tallies.ATTACHED));
        expect(subject, "detached tally", detached, tallies.tally(Tallies.DETACHED));
        expect(subject, "table size", attached + detached, shard.size());
        long ended = 0;
        for (EndCause cause : EndCause.values()) {
            ended += tallies.tally(Tallies.ENDED + cause.ordinal());
        }
        expect(
                subject,
                "created tally less ended tallies",
                attached + detached,
                tallies.tally(Tallies.CREATED) - ended);
        expect(
                subject,
                "detachments tally less reclaims and ends while detached",
                detached,
                tallies.tally(Tallies.DETACHMENTS)
                        - tallies.tally(Tallies.RECLAIMS)
                        - tallies.tally(Tallies.ENDED_DETACHED));
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
