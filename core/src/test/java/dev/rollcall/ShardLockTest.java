package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What the lock adds to a StampedLock. */
class ShardLockTest {
    private final ShardLock lock = new ShardLock();

    private boolean changeSomething() {
        lock.unlockWrite(lock.writeLock());
        return true;
    }

    @Test
    void writeLock_heldByAnother_waitsAndIsKnownToWait() throws Exception {
        long stamp = lock.writeLock();
        assertThat(lock.waiting).isZero();
        Thread[] waiter = new Thread[1];
        FutureTask<Boolean> waiting = Workers.start(this::changeSomething, waiter);
        Workers.awaitWaiting(waiter[0]);
        assertThat(lock.waiting).isEqualTo(1);
        lock.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
        assertThat(lock.waiting).isZero();
    }

    /** It gives them time, not the lock: who is not ready by then waits on. */
    @Test
    void letOthersIn_othersDoNotCome_returns() throws Exception {
        long stamp = lock.writeLock();
        Thread[] waiter = new Thread[1];
        FutureTask<Boolean> waiting = Workers.start(this::changeSomething, waiter);
        Workers.awaitWaiting(waiter[0]);
        lock.letOthersIn();
        assertThat(lock.waiting).isEqualTo(1);
        lock.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
    }
}
