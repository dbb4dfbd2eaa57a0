package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** It gives them time, not the lock: a writer that is not ready by then waits on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void letOthersIn_othersDoNotCome_returns(int processors) throws Exception {
        ShardLock held = new ShardLock(processors);
        long stamp = held.writeLock();
        Thread[] waiter = new Thread[1];
        FutureTask<Boolean> waiting = Workers.start(
                () -> {
                    held.unlockWrite(held.writeLock());
                    return true;
                },
                waiter);
        Workers.awaitWaiting(waiter[0]);
        held.letOthersIn();
        assertThat(held.waiting).isEqualTo(1);
        held.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
    }

    /** Counts how often it was tried to take the lock without waiting. */
    private static final class CountingLock extends ShardLock {
        private static final long serialVersionUID = 1L;
        private final transient AtomicInteger tries = new AtomicInteger();

        CountingLock(int processors) {
            super(processors);
        }

        @Override
        public long tryWriteLock() {
            tries.incrementAndGet();
            return super.tryWriteLock();
        }

        @Override
        public long tryReadLock() {
            tries.incrementAndGet();
            return super.tryReadLock();
        }
    }

    private static int triesBeforeParking(int processors, boolean toWrite) throws Exception {
        CountingLock held = new CountingLock(processors);
        long stamp = held.writeLock();
        held.tries.set(0);
        Thread[] waiter = new Thread[1];
        FutureTask<Boolean> waiting = Workers.start(
                () -> {
                    held.unlock(toWrite ? held.writeLock() : held.readLock());
                    return true;
                },
                waiter);
        Workers.awaitWaiting(waiter[0]);
        int tries = held.tries.get();
        held.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
        return tries;
    }

    /** The holder cannot go on while another thread spins. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lock_heldOnTheOnlyProcessor_parksWithoutSpinning(boolean toWrite) throws Exception {
        assertThat(triesBeforeParking(1, toWrite)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lock_heldOnAnotherProcessor_spinsBeforeParking(boolean toWrite) throws Exception {
        assertThat(triesBeforeParking(2, toWrite)).isGreaterThan(100);
    }
}
