package dev.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The counters alone: exact at rest, whoever counted. */
class LiveCounterTest {
    static Stream<Supplier<LiveCounter>> counters() {
        return Stream.of(AtomicCounter::new, AdderCounter::new);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void live_upsAndDowns_isTheirDifference(Supplier<LiveCounter> counters) {
        LiveCounter counter = counters.get();
        assertThat(counter.live()).isZero();
        counter.up();
        counter.up();
        assertThat(counter.live()).isEqualTo(2);
        counter.down();
        assertThat(counter.live()).isEqualTo(1);
        counter.down();
        assertThat(counter.live()).isZero();
    }

    @ParameterizedTest
    @MethodSource("counters")
    void live_afterManyThreads_isExact(Supplier<LiveCounter> counters) throws InterruptedException {
        LiveCounter counter = counters.get();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int j = 0; j < 10_000; j++) {
                    counter.up();
                    counter.up();
                    counter.down();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counter.live()).isEqualTo(40_000);
    }
}
