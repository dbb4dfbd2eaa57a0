package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.AuditReport.Disagreement;
import dev.rollcall.count.AtomicCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An audit of one shard, batch by batch, and the counter that a manager asks. */
class AuditBatchesTest {
    private final AtomicCounter counter = new AtomicCounter();
    private final Settings<String> settings = new Settings<>(
            "audited",
            Fixture.SESSION_TIMEOUT.toNanos(),
            Fixture.RECLAIM_TIMEOUT.toNanos(),
            TimeSource.exact(new ManualTicker()),
            Quanta.stepShift(Fixture.TICK.toNanos()),
            1,
            null,
            CounterStrategy.ATOMIC,
            counter,
            true,
            new SecureIds(),
            new Listeners<>(List.of(), null, new Lifecycle()),
            new Lifecycle());
    private final SessionManager<String> manager = new SessionManager<>(settings, null);
    private final List<Disagreement> found = new ArrayList<>();

    /** More buckets than two batches, each session on a transport of its own. */
    private Shard<String> shardWithAsManyTransportsAsSessions() {
        Session<String> last = null;
        for (int id = 1; id <= 2 * Batch.SIZE + 1; id++) {
            last = manager.create(manager.openTransport("ws"), Fixture.options().id(id));
        }
        return last.shard();
    }

    private int batches(Shard<String> shard) {
        ShardAudit<String> audit = new ShardAudit<>(shard, settings, found);
        int batches = 1;
        while (audit.step()) {
            batches++;
        }
        return batches;
    }

    /** Two buckets for each session; the last batch of buckets is the first of transports. */
    @Test
    void step_moreThanTwoBatches_takesOneBatchAtATime() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        int ofBuckets = (shard.buckets() + Batch.SIZE - 1) / Batch.SIZE;
        assertThat(ofBuckets).isGreaterThan(2);
        assertThat(batches(shard)).isEqualTo(ofBuckets + 2);
        assertThat(found).isEmpty();
    }

    @Test
    void step_moreTransportsThanABatch_stillComparesTheTallies() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        shard.created();
        batches(shard);
        assertThat(found).extracting(Disagreement::toString).anyMatch(fact -> fact.contains("attached tally"));
    }

    private static List<Session<String>> sessionsIn(Shard<String> shard, int fromBucket, int toBucket) {
        List<Session<String>> sessions = new ArrayList<>();
        for (int bucket = fromBucket; bucket < toBucket; bucket++) {
            for (Session<String> at = shard.head(bucket); at != null; at = shard.after(at)) {
                sessions.add(at);
            }
        }
        return sessions;
    }

    /** What is before the cursor has been counted, what is at it is still to come. */
    @Test
    void moved_onEitherSideOfTheCursor_isCountedOnce() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        // The first of what is to come has to be at the cursor; where ids hash to differs from process to process.
        // Those that are elsewhere end again: a table that grew with them might never have one there.
        for (int id = 10_000; shard.head(Batch.SIZE) == null; id++) {
            Session<String> session = manager.create(
                    manager.openTransport("ws"), Fixture.options().id(id));
            if (shard.head(Batch.SIZE) == null) {
                session.destroy();
            }
        }
        shard.audit = new ShardAudit<>(shard, settings, found);
        assertThat(shard.audit.step()).isTrue();
        List<Session<String>> counted = sessionsIn(shard, 0, Batch.SIZE);
        List<Session<String>> toCome = sessionsIn(shard, Batch.SIZE, shard.buckets());
        assertThat(counted.get(counted.size() - 1).destroy()).isTrue();
        assertThat(toCome.get(0).destroy()).isTrue();
        while (shard.audit.step()) {
            assertThat(found).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    /** Buckets are split between two batches: each of them is visited with what was split from it. */
    @Test
    void step_tableGrowsBetweenBatches_countsEachSessionOnce() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        ShardAudit<String> audit = new ShardAudit<>(shard, settings, found);
        shard.audit = audit;
        int buckets = shard.buckets();
        long before = shard.size();
        assertThat(audit.step()).isTrue();
        for (int id = 10_000; shard.buckets() < 3 * buckets; id++) {
            manager.create(manager.openTransport("ws"), Fixture.options().id(id));
        }
        while (audit.step()) {
            assertThat(found).isEmpty();
        }
        assertThat(found).isEmpty();
        assertThat(audit.checked()).isBetween(before, (long) shard.size());
    }

    @Test
    void count_strategyWithACounterOfItsOwn_asksThat() {
        counter.up();
        assertThat(manager.count()).isEqualTo(1);
        assertThat(manager.counts().live()).isZero();
    }
}
