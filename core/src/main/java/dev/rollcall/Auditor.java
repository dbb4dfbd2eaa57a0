package dev.rollcall;

import dev.rollcall.AuditReport.Disagreement;
import dev.rollcall.count.LiveCounter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        List<Disagreement> foundHere = new ArrayList<>();
        // One audit at a time, for a shard reports its changes to one.
        synchronized (shard) {
            ShardAudit<A> audit = new ShardAudit<>(shard, settings, foundHere);
            try {
                while (step(shard, audit)) {
                    shard.letOthersIn();
                }
            } finally {
                long stamp = shard.writeLock();
                shard.audit = null;
                shard.unlockWrite(stamp);
            }
            checked += audit.checked();
        }
        found.addAll(foundHere);
    }

    private boolean step(Shard<A> shard, ShardAudit<A> audit) {
        long stamp = shard.writeLock();
        try {
            shard.audit = audit;
            return audit.step();
        } finally {
            shard.unlockWrite(stamp);
        }
    }

    /**
     * Counters beside the tallies change in the same critical sections, so an instant without one
     * decides.
     */
    private void compareCounters() {
        Permits permits = settings.permits();
        if (permits == null) {
            compareCounters(null);
            return;
        }
        // While the limit is being lowered there may be more sessions than that.
        synchronized (permits) {
            compareCounters(permits);
        }
    }

    private void compareCounters(@Nullable Permits permits) {
        LiveCounter counter = settings.counter();
        long[] sums = shards.collect(3, (shard, sum) -> {
            sum[0] += shard.live();
            sum[1] = permits == null ? 0 : permits.taken();
            sum[2] = counter == null ? 0 : counter.live();
        });
        if (permits != null) {
            compare("permits taken", sums[0], sums[1]);
            compare("live above the limit", 0, Math.max(0, sums[0] - permits.max()));
        }
        if (counter != null) {
            compare(settings.strategy() + " counter", sums[0], sums[2]);
        }
    }

    private void compare(String fact, long expected, long actual) {
        if (actual != expected) {
            found.add(new Disagreement("manager", fact, Long.toString(expected), Long.toString(actual)));
        }
    }
}
