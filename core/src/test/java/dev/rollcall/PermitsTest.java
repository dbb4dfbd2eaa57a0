package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
}
