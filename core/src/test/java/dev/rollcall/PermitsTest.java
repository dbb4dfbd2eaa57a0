package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermitsTest {
    @Test
    void tryTake_upToTheLimit_succeedsThenFailsUntilOneComesBack() {
        Permits permits = new Permits(3);
        assertThat(permits.max()).isEqualTo(3);
        assertThat(permits.taken()).isZero();
        for (int i = 1; i <= 3; i++) {
            assertThat(permits.tryTake()).isTrue();
            assertThat(permits.taken()).isEqualTo(i);
        }
        assertThat(permits.tryTake()).isFalse();
        assertThat(permits.taken()).isEqualTo(3);
        permits.giveBack();
        assertThat(permits.taken()).isEqualTo(2);
        assertThat(permits.tryTake()).isTrue();
        assertThat(permits.tryTake()).isFalse();
    }

    /** G9 on real threads: what is held at once is counted apart and never exceeds the limit. */
    @Test
    void tryTake_manyThreads_neverExceedsTheLimit() throws InterruptedException {
        int limit = 2;
        Permits permits = new Permits(limit);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int j = 0; j < 50_000; j++) {
                    if (permits.tryTake()) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        held.decrementAndGet();
                        permits.giveBack();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, limit);
        assertThat(permits.taken()).isZero();
    }

    @Test
    void setMaxSessions_lowerThanLive_keepsWhatIsLive() {
        Fixture fixture = Fixture.with(builder -> builder.maxSessions(5));
        SessionManager<String> manager = fixture.manager;
        Transport<String> transport = manager.openTransport("test");
        List<Session<String>> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(manager.create(transport));
        }

        assertThat(manager.setMaxSessions(2)).isEqualTo(4);
        assertThat(manager.status().maxSessions()).hasValue(4);
        assertThat(manager.audit().isClean()).isTrue();
        sessions.get(0).destroy();
        assertThat(manager.setMaxSessions(0)).isEqualTo(3);
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("LIMIT_REACHED");
        assertThat(manager.setMaxSessions(4)).isEqualTo(4);
        manager.create(transport);
        assertThatThrownBy(() -> manager.create(transport)).hasMessageContaining("LIMIT_REACHED");
        assertThat(manager.audit().isClean()).isTrue();
    }

    @Test
    void setMaxSessions_badInput_changesNothing() {
        SessionManager<String> limited = Fixture.with(builder -> builder.maxSessions(5)).manager;

        assertThatThrownBy(() -> limited.setMaxSessions(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxSessions -1");
        assertThat(limited.status().maxSessions()).hasValue(5);
        assertThatThrownBy(() -> Fixture.with(builder -> builder).manager.setMaxSessions(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without maxSessions");
    }

    /** The create has read the former limit, and takes its permit by that while the limit is lowered. */
    @Test
    void setMaxSessions_lowerBesideACreateUnderWay_waitsForIt() throws Exception {
        Fixture fixture = Fixture.with(builder -> builder.maxSessions(5));
        Transport<String> transport = fixture.manager.openTransport("test");
        Shard<String> shard = fixture.manager.create(transport).shard();
        long stamp = shard.writeLock();
        Thread[] lowering = new Thread[1];
        FutureTask<Long> limit = Workers.start(() -> fixture.manager.setMaxSessions(0), lowering);
        Workers.awaitWaiting(lowering[0]);
        assertThat(limit).isNotDone();
        shard.unlockWrite(stamp);
        assertThat(Workers.result(limit)).isEqualTo(1);
    }

    @Test
    void change_lower_countsWhatWasTakenMeanwhile() {
        Permits permits = new Permits(5);
        permits.tryTake();
        permits.tryTake();
        long limit = Permits.change(permits, 0, () -> {
            assertThat(permits.tryTake()).isFalse();
            permits.giveBack();
        });
        assertThat(limit).isEqualTo(1);
        assertThat(Permits.change(permits, 3, () -> {
                    throw new AssertionError("nobody has to be waited for");
                }))
                .isEqualTo(3);
    }

    /** What this call lowers is the limit that stands when its turn comes, not the one that stood when it was made. */
    @Test
    void change_anotherRaisesTheLimitFirst_awaitsTakesByTheRaisedLimit() throws Exception {
        Permits permits = new Permits(5);
        AtomicBoolean hasAwaited = new AtomicBoolean();
        Thread[] lowering = new Thread[1];
        FutureTask<Long> limit;
        synchronized (permits) {
            limit = Workers.start(() -> Permits.change(permits, 7, () -> hasAwaited.set(true)), lowering);
            while (lowering[0].getState() != Thread.State.BLOCKED) {
                assertThat(lowering[0].isAlive()).isTrue();
                Thread.onSpinWait();
            }
            assertThat(Permits.change(permits, 10, () -> {})).isEqualTo(10);
        }
        assertThat(Workers.result(limit)).isEqualTo(7);
        assertThat(hasAwaited).isTrue();
    }

    /** What the call returned holds from then on, though creates are under way when it is made. */
    @Test
    void setMaxSessions_besideCreates_isNeverExceededOnceReturned() throws InterruptedException {
        Fixture fixture = Fixture.with(builder -> builder.maxSessions(64));
        SessionManager<String> manager = fixture.manager;
        Transport<String> transport = manager.openTransport("test");
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(new Thread(() -> {
                while (!isOver.get()) {
                    try {
                        manager.create(transport);
                    } catch (SessionRejectedException full) {
                        manager.sessions().forEach(Session::destroy);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        long worst = 0;
        for (int i = 0; i < 3_000; i++) {
            long limit = manager.setMaxSessions(i % 2 == 0 ? 3 : 64);
            worst = Math.max(worst, manager.counts().live() - limit);
        }
        boolean isClean = manager.audit().isClean();
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(worst).isNotPositive();
        assertThat(isClean).isTrue();
    }
}
