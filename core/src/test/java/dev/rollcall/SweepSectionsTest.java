package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a sweep goes on from one critical section to the next (G3, G11). */
class SweepSectionsTest {
    private final Fixture fixture = Fixture.with(builder -> builder.shards(1));
    private final Transport<String> transport = fixture.transport("ws");

    /** Whoever waits for the lock waits for one section, however many sessions there are. */
    @Test
    void sweep_allWereKeptAlive_handlesABoundedNumberOfBucketsInASection() {
        List<Session<String>> sessions = fixture.createMany(transport, 4_096);
        Shard<String> shard = sessions.get(0).shard();
        fixture.ticker.advance(Fixture.SESSION_TIMEOUT.minus(Duration.ofSeconds(1)));
        sessions.forEach(Session::keepAlive);
        long before = shard.tryOptimisticRead();
        assertThat(fixture.sweepAfter(Duration.ofSeconds(1).plus(Fixture.TICK))).isZero();
        long sections = (shard.tryOptimisticRead() - before) / stampsOfOneSection();
        assertThat(sections).isGreaterThanOrEqualTo(shard.buckets() / Batch.SIZE);
    }

    private static long stampsOfOneSection() {
        ShardLock lock = new ShardLock();
        long before = lock.tryOptimisticRead();
        return lock.unlockWrite(lock.writeLock()) - before;
    }

    /**
     * The block comes up again while others do that were looked at, each with a deadline of its own. It is the first of
     * them: its timer is the last to be filed.
     */
    @Test
    void sweep_moreThanABatchDueInABlockAmongOthers_endsAllOfThem() {
        int mostBuckets = 1 << 12;
        List<Session<String>> crowd = new ArrayList<>();
        for (long id = 1; crowd.size() <= 2 * Batch.SIZE; id++) {
            if (IdHash.of(id) % mostBuckets == 0) { // the same bucket whatever their number
                crowd.add(fixture.manager.create(
                        transport, Fixture.options().id(id).sessionTimeout(Duration.ofDays(1))));
            }
        }
        List<Session<String>> others = fixture.createMany(transport, 10 * Batch.SIZE);
        assertThat(others.get(0).shard().buckets()).isLessThanOrEqualTo(mostBuckets);
        fixture.ticker.advance(Fixture.SESSION_TIMEOUT.minus(Duration.ofSeconds(1)));
        others.forEach(Session::keepAlive);
        crowd.forEach(session -> session.setSessionTimeout(Fixture.SESSION_TIMEOUT));
        assertThat(fixture.sweepAfter(Duration.ofSeconds(1).plus(Fixture.TICK))).isEqualTo(crowd.size());
        assertThat(others).allMatch(Session::isLive);
        fixture.assertConsistent();
    }
}
