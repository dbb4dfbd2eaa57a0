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
            Tallies::new,
            new SecureIds(),
            new Listeners<>(List.of(), null, new Lifecycle()),
            new Lifecycle());
    private final SessionManager<String> manager = new SessionManager<>(settings, null);
    private final List<Disagreement> found = new ArrayList<>();

    /** Two batches and one more, of sessions and of transports. */
    private Shard<String> shardWithAsManyTransportsAsSessions() {
        Session<String> last = null;
        for (int id = 1; id <= 2 * Shard.BATCH + 1; id++) {
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

    /** The third batch is the last of the sessions and the first of the transports. */
    @Test
    void step_moreThanTwoBatches_takesOneBatchAtATime() {
        assertThat(batches(shardWithAsManyTransportsAsSessions())).isEqualTo(5);
        assertThat(found).isEmpty();
    }

    @Test
    void step_moreTransportsThanABatch_stillComparesTheTallies() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        shard.tallies.created();
        batches(shard);
        assertThat(found).extracting(Disagreement::toString).anyMatch(fact -> fact.contains("attached tally"));
    }

    /** Just before the cursor it has been counted, at the cursor it is still to come. */
    @Test
    void moved_onEitherSideOfTheCursor_isCountedOnce() {
        Shard<String> shard = shardWithAsManyTransportsAsSessions();
        shard.audit = new ShardAudit<>(shard, settings, found);
        assertThat(shard.audit.step()).isTrue();
        assertThat(shard.slots.get(Shard.BATCH).destroy()).isTrue();
        assertThat(shard.slots.get(Shard.BATCH + 1).destroy()).isTrue();
        boolean more;
        do {
            more = shard.audit.step();
        } while (more);
        assertThat(found).isEmpty();
    }

    @Test
    void step_slotInUseByNobody_isNamed() {
        Shard<String> shard = manager.create(manager.openTransport("ws")).shard();
        shard.slots.reserve();
        shard.slots.add(null);
        batches(shard);
        assertThat(found)
                .extracting(Disagreement::toString)
                .containsExactly("shard 0: slots in use: expected 1, found 2");
    }

    @Test
    void count_strategyWithACounterOfItsOwn_asksThat() {
        counter.up();
        assertThat(manager.count()).isEqualTo(1);
        assertThat(manager.counts().live()).isZero();
    }
}
