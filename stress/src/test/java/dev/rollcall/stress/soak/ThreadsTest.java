package dev.rollcall.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadsTest {
    private final CountDownLatch latch = new CountDownLatch(1);

    private Thread start(Runnable task) {
        Thread thread = new Thread(task, "threads-test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void await() {
        while (latch.getCount() > 0) {
            LockSupport.park(this);
        }
    }

    @Test
    void end_oneDoesNotEnd_isFalse() throws InterruptedException {
        Thread stuck = start(this::await);
        try {
            assertThat(Threads.end(List.of(start(() -> {}), stuck), Duration.ZERO))
                    .isFalse();
        } finally {
            latch.countDown();
            LockSupport.unpark(stuck);
        }
    }

    @Test
    void end_allEnd_isTrue() throws InterruptedException {
        assertThat(Threads.end(List.of(start(() -> {}), start(() -> {})), Duration.ofSeconds(30)))
                .isTrue();
    }
}
