package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The snapshot across shards: double collect, and what it falls back to under a stream of writes. */
class ShardsTest {
    private static final int SHARDS = 4;

    private final Fixture fixture = Fixture.bare(builder -> builder.shards(SHARDS));
    private final Transport<String> transport = fixture.transport("ws");
    private final Shards<String> shards = fixture.manager.shards;
    private final List<Shard<String>> all = new ArrayList<>();

    ShardsTest() {
        shards.forEach(all::add);
    }

    /** An empty critical section: what any create or end does to the stamp. */
    private static void touch(Shard<String> shard) {
        shard.unlockWrite(shard.writeLock());
    }

    @Test
    void collect_nobodyWrites_readsEachShardOnceWithoutALock() {
        fixture.createMany(transport, 100);
        AtomicInteger reads = new AtomicInteger();
        long[] sums = shards.collect(1, (shard, into) -> {
            reads.incrementAndGet();
            assertThat(shard.isReadLocked()).isFalse();
            into[0] += shard.live();
        });
        assertThat(sums).containsExactly(100);
        assertThat(reads).hasValue(SHARDS);
    }

    /** A write into a shard that was read already makes the try void; none of its figures survive. */
    @Test
    void collect_writeBehindTheReader_startsAgain() {
        fixture.createMany(transport, 10);
        AtomicInteger reads = new AtomicInteger();
        long[] sums = shards.collect(1, (shard, into) -> {
            into[0] += shard.live();
            if (reads.incrementAndGet() == SHARDS) {
                fixture.createMany(transport, 10);
            }
        });
        assertThat(sums).containsExactly(20);
        assertThat(reads).hasValue(2 * SHARDS);
    }

    /**
     * The writer is still in the middle at the second reading of its stamp, which says nothing then. Another shard's stamp
     * has grown by as much as is missing.
     */
    @Test
    void collect_writerInTheMiddleThoughTheStampsAddUp_startsAgain() {
        Shard<String> first = all.get(0);
        Shard<String> last = all.get(SHARDS - 1);
        AtomicInteger reads = new AtomicInteger();
        long[] held = new long[1];
        long[] sums = shards.collect(1, (shard, into) -> {
            int read = reads.incrementAndGet();
            if (read == SHARDS) {
                long missing = last.tryOptimisticRead();
                long before = first.tryOptimisticRead();
                held[0] = last.writeLock();
                last.created();
                while (first.tryOptimisticRead() - before < missing) {
                    touch(first);
                }
                assertThat(first.tryOptimisticRead() - before).isEqualTo(missing);
            } else if (read == SHARDS + 1) {
                last.ended(EndCause.DESTROYED, true);
                last.unlockWrite(held[0]);
            }
            into[0] += shard.live();
        });
        assertThat(sums).containsExactly(0);
        assertThat(reads).hasValue(2 * SHARDS);
    }

    /** Every try is disturbed, so the snapshot is taken under all read locks at once. */
    @Test
    void collect_everyTryDisturbed_takesAllReadLocks() {
        AtomicInteger locked = new AtomicInteger();
        AtomicInteger unlocked = new AtomicInteger();
        long[] sums = shards.collect(1, (shard, into) -> {
            if (shard.isReadLocked()) {
                locked.incrementAndGet();
                assertThat(all).allSatisfy(each -> {
                    assertThat(each.isReadLocked()).isTrue();
                    assertThat(each.tryWriteLock()).isZero();
                });
            } else {
                unlocked.incrementAndGet();
                fixture.manager.create(transport);
                touch(shard);
            }
            into[0] += shard.live();
        });
        assertThat(locked).hasValue(SHARDS);
        assertThat(unlocked.get()).isGreaterThan(SHARDS);
        assertThat(sums).containsExactly(fixture.manager.counts().live());
        assertThat(all).noneMatch(shard -> shard.isReadLocked() || shard.isWriteLocked());
        fixture.assertConsistent();
    }

    /** G11: the first lock is the only one that it hides its interrupt for, and the last one that it releases. */
    @Test
    void counts_waitsForALockAndInterruptIsOverridden_callsItWithoutALock() throws Exception {
        long stamp = all.get(0).writeLock();
        Overriding reader =
                new Overriding(fixture.manager::counts, () -> all.stream().anyMatch(ShardLock::isReadLocked));
        reader.start();
        Workers.awaitWaiting(reader);
        all.get(0).unlockWrite(stamp);
        reader.assertInterruptedOnceWithoutALock();
    }

    @Test
    void collect_figureThrowsUnderTheLocks_releasesThem() {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        assertThatThrownBy(() -> shards.collect(1, (shard, into) -> {
                    if (shard.isReadLocked()) {
                        throw thrown;
                    }
                    touch(shard);
                }))
                .isSameAs(thrown);
        assertThat(all).noneMatch(shard -> shard.isReadLocked());
        assertThat(fixture.manager.create(transport).isLive()).isTrue();
    }

    /** A writer holds one shard's lock: counts() waits for it instead of answering from the middle. */
    @Test
    void counts_writerInTheMiddle_waitsForIt() throws Exception {
        fixture.createMany(transport, 20);
        Shard<String> busy = all.get(SHARDS - 1);
        long stamp = busy.writeLock();
        busy.created();
        Thread[] reader = new Thread[1];
        FutureTask<SessionCounts> counts = Workers.start(fixture.manager::counts, reader);
        Workers.awaitWaiting(reader[0]);
        assertThat(counts).isNotDone();
        busy.ended(EndCause.DESTROYED, true);
        busy.unlockWrite(stamp);
        assertThat(Workers.result(counts).live()).isEqualTo(20);
        assertThat(Workers.result(counts).created()).isEqualTo(21);
    }

    @Test
    void count_writerInTheMiddle_waitsForIt() throws Exception {
        fixture.createMany(transport, 20);
        Shard<String> busy = all.get(SHARDS - 1);
        long stamp = busy.writeLock();
        busy.created();
        Thread[] reader = new Thread[1];
        FutureTask<Long> count = Workers.start(fixture.manager::count, reader);
        Workers.awaitWaiting(reader[0]);
        assertThat(count).isNotDone();
        busy.ended(EndCause.DESTROYED, true);
        busy.unlockWrite(stamp);
        assertThat(Workers.result(count)).isEqualTo(20);
        assertThat(all).noneMatch(ShardLock::isReadLocked);
    }

    @Test
    void count_nobodyWrites_allocatesNothing() {
        fixture.createMany(transport, 100);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long counted = 0;
        long allocated = -1;
        // The first rounds may load classes.
        for (int round = 0; round < 3; round++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                counted += fixture.manager.count();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - start;
        }
        assertThat(allocated).isZero();
        assertThat(counted).isEqualTo(3_000_000);
    }

    /** Under the same conditions lookup and keepalive do not wait (G11). */
    @Test
    void findAndKeepAlive_writerInTheMiddle_doNotWait() throws Exception {
        Session<String> session = fixture.create(transport, 1);
        List<Long> stamps = new ArrayList<>();
        all.forEach(shard -> stamps.add(shard.writeLock()));
        Thread[] reader = new Thread[1];
        FutureTask<Boolean> reading = Workers.start(
                () -> {
                    fixture.ticker.advanceNanos(1_000_000);
                    boolean found = fixture.manager.find(1) == session && fixture.manager.find(2) == null;
                    boolean alive = session.keepAlive() && fixture.manager.keepAlive(1);
                    return found && alive && session.isLive() && session.transport() == transport;
                },
                reader);
        Workers.awaitEndWithoutWaiting(reader[0]);
        assertThat(Workers.result(reading)).isTrue();
        for (int i = 0; i < SHARDS; i++) {
            all.get(i).unlockWrite(stamps.get(i));
        }
    }

    /** What most sweeps are: nothing is due, so no lock is taken, which would change the stamp. */
    @Test
    void sweep_nothingDue_allocatesNothingAndTakesNoLock() {
        fixture.createMany(transport, 100);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Long> before = all.stream().map(ShardLock::tryOptimisticRead).toList();
        long allocated = -1;
        // The first rounds may load classes.
        for (int round = 0; round < 3; round++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                fixture.manager.sweep();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - start;
        }
        assertThat(allocated).isZero();
        assertThat(all.stream().map(ShardLock::tryOptimisticRead)).containsExactlyElementsOf(before);
        assertThat(fixture.manager.counts().live()).isEqualTo(100);
    }

    /** A row that is being changed is read under the lock, so it is true at one instant. */
    @Test
    void info_writerInTheMiddle_waitsForIt() throws Exception {
        Session<String> session = fixture.create(transport, 1);
        long stamp = session.shard().writeLock();
        session.setOwner(null);
        Thread[] reader = new Thread[1];
        FutureTask<SessionInfo> info = Workers.start(session::info, reader);
        Workers.awaitWaiting(reader[0]);
        session.setOwner(transport);
        session.shard().unlockWrite(stamp);
        assertThat(Workers.result(info).transport()).isEqualTo("ws");
        assertThat(session.shard().isReadLocked()).isFalse();
    }

    /** The ticker is the user's code, which is never called with a lock held (G11), not even for a row that has to be. */
    @Test
    void info_writerInTheMiddle_readsTheTickerWithoutALock() throws Exception {
        List<Shard<String>> watched = new ArrayList<>();
        AtomicBoolean wasLocked = new AtomicBoolean();
        SessionManager<String> manager = SessionManager.<String>builder()
                .callerSweeps()
                .shards(1)
                .ticker(() -> {
                    if (watched.stream().anyMatch(ShardLock::isReadLocked)) {
                        wasLocked.set(true);
                    }
                    return 0;
                })
                .build();
        Session<String> session = manager.create(manager.openTransport("ws"));
        watched.add(session.shard());
        long stamp = session.shard().writeLock();
        Thread[] reader = new Thread[1];
        FutureTask<SessionInfo> info = Workers.start(session::info, reader);
        Workers.awaitWaiting(reader[0]);
        session.shard().unlockWrite(stamp);
        assertThat(Workers.result(info).phase()).isEqualTo(SessionPhase.ATTACHED);
        assertThat(wasLocked).isFalse();
    }

    /** It ends before it is unlinked. */
    @Test
    void forEachSession_sessionThatHasEndedButIsStillLinked_isLeftOut() {
        Session<String> ended = fixture.create(transport, 1);
        ended.destroy();
        Shard<String> shard = ended.shard();
        int bucket = shard.bucketOf(ended.hash());
        Session<?> prev = shard.before(bucket, ended.id, ended.hash());
        shard.insert(ended, bucket, prev, shard.after(bucket, prev));
        fixture.create(transport, 2);
        List<Long> visited = new ArrayList<>();
        shards.forEachSession(session -> visited.add(session.id()));
        assertThat(visited).containsExactly(2L);
    }

    @Test
    void awaitInFlight_writerInTheMiddle_waitsForIt() throws Exception {
        shards.awaitInFlight();
        long stamp = all.get(1).writeLock();
        Thread[] waiter = new Thread[1];
        FutureTask<Boolean> waiting = Workers.start(
                () -> {
                    shards.awaitInFlight();
                    return true;
                },
                waiter);
        Workers.awaitWaiting(waiter[0]);
        assertThat(waiting).isNotDone();
        all.get(1).unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
    }

    @Test
    void of_manyIds_spreadsThemEvenly() {
        int[] hits = new int[SHARDS];
        for (long id = 1; id <= 40_000; id++) {
            hits[shards.of(id).index]++;
        }
        assertThat(hits).satisfies(each -> {
            for (int hit : each) {
                assertThat(hit).isBetween(9_000, 11_000);
            }
        });
    }

    /** Whoever waits for the last end must not take a section's start for its end. */
    @Test
    void isEmpty_besideASection_isOfItsEnd() throws Exception {
        Fixture fixture = Fixture.with(builder -> builder.shards(1));
        Session<String> session = fixture.create(fixture.transport("ws"), 1);
        assertThat(isEmptyAfterASection(session.shard())).isFalse();
        session.destroy();
        assertThat(isEmptyAfterASection(session.shard())).isTrue();
    }

    private static boolean isEmptyAfterASection(Shard<String> shard) throws Exception {
        long stamp = shard.writeLock();
        FutureTask<Boolean> asked = Workers.start(shard::isEmpty);
        while (shard.waiting() == 0) {
            assertThat(asked).isNotDone();
        }
        shard.unlockWrite(stamp);
        return Workers.result(asked);
    }
}
