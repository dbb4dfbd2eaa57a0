package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import java.util.ArrayList;
import java.util.List;

/** Audits shard after shard, then what only agrees across all of them. */
final class Auditor<A> {
    private final Shards<A> shards;
    private final Settings<A> settings;
    private final List<Disagreement> found = new ArrayList<>();
    private long checked;

    Auditor(Shards<A> shards, Settings<A> settings) {
        this.shards = shards;
        this.settings = settings;
    }

    AuditReport audit() {
        shards.forEach(this::auditShard);
        compareCounters();
        return new AuditReport(checked, found);
    }

    private void auditShard(Shard<A> shard) {
        // One audit at a time, for a shard reports its changes to one.
        synchronized (shard) {
            ShardAudit<A> audit = new ShardAudit<>(shard, settings, found);
            boolean more;
            do {
                long stamp = shard.lock.writeLock();
                try {
                    shard.audit = audit;
                    more = audit.step();
                    if (!more) {
                        shard.audit = null;
                    }
                } finally {
                    shard.lock.unlockWrite(stamp);
                }
            } while (more);
            checked += audit.checked();
        }
    }

    /** Counters beside the tallies change in the same critical sections, so an instant without one decides. */
    private void compareCounters() {
        long[] sums = shards.collect(3, (shard, sum) -> {
            sum[0] += shard.tallies.live();
            sum[1] = settings.permits() == null ? -1 : settings.permits().taken();
            sum[2] = settings.counter() == null ? -1 : settings.counter().live();
        });
        compare("permits taken", sums[0], sums[1]);
        compare(settings.strategy() + " counter", sums[0], sums[2]);
        if (settings.permits() != null && sums[0] > settings.permits().max()) {
            compare("limit", settings.permits().max(), sums[0]);
        }
    }

    private void compare(String fact, long expected, long actual) {
        if (actual != -1 && actual != expected) {
            found.add(new Disagreement("manager", fact, Long.toString(expected), Long.toString(actual)));
        }
    }
}
