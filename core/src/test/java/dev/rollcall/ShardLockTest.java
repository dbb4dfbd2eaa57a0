package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardLockTest {
    private static final Duration LONG_NAP = Duration.ofMillis(20);

    private static final int MOST_READERS = 127;

    private final NappingLock lock = new NappingLock(2);

    /** Tells when a thread that waits goes to sleep for the first time. */
    private static final class NappingLock extends ShardLock {
        private final CountDownLatch napping = new CountDownLatch(1);

        NappingLock(int processors) {
            super(processors);
        }

        @Override
        void nap(long nanos) {
            napping.countDown();
            super.nap(nanos);
        }
    }

    private static boolean changeSomething(ShardLock lock) {
        lock.unlockWrite(lock.writeLock());
        return true;
    }

    @Test
    void writeLock_heldByAnother_waitsAndIsKnownToWait() throws Exception {
        long stamp = lock.writeLock();
        assertThat(lock.waiting()).isZero();
        FutureTask<Boolean> waiting = Workers.start(() -> changeSomething(lock));
        Workers.await(lock.napping);
        assertThat(lock.waiting()).isEqualTo(1);
        long released = lock.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
        assertThat(lock.waiting()).isZero();
        assertThat(lock.isWriteLocked()).isFalse();
        assertThat(lock.tryOptimisticRead()).isGreaterThan(released);
    }

    /** An interrupted thread would not sleep, but try again and again for as long as the holder does not run. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void writeLock_interrupted_sleepsAndStaysInterrupted(int processors) {
        List<Boolean> interruptedAsleep = new ArrayList<>();
        long[] stamp = new long[1];
        long[] sleptNanos = new long[1];
        ShardLock held = new ShardLock(processors) {
            @Override
            void nap(long nanos) {
                interruptedAsleep.add(Thread.currentThread().isInterrupted());
                long start = System.nanoTime();
                super.nap(LONG_NAP.toNanos());
                // The interrupt itself may wake the thread from the first one.
                if (interruptedAsleep.size() == 2) {
                    sleptNanos[0] = System.nanoTime() - start;
                    unlockWrite(stamp[0]);
                }
            }
        };
        stamp[0] = held.writeLock();
        Thread.currentThread().interrupt();
        changeSomething(held);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interruptedAsleep).containsExactly(false, false);
        assertThat(sleptNanos[0]).isGreaterThanOrEqualTo(LONG_NAP.toNanos() / 2);
    }

    static Stream<Consumer<ShardLock>> sections() {
        return Stream.of(lock -> lock.unlockWrite(lock.writeLock()), lock -> lock.unlockRead(lock.readLock()));
    }

    /** G11, L4: such code may use the manager, and may fail. */
    @ParameterizedTest
    @MethodSource("sections")
    void unlock_interruptIsOverridden_callsItWithoutTheLock(Consumer<ShardLock> section) throws Exception {
        long stamp = lock.writeLock();
        Overriding thread = new Overriding(() -> section.accept(lock), lock::isWriteLocked, lock::isReadLocked);
        thread.start();
        Workers.await(lock.napping);
        lock.unlockWrite(stamp);
        thread.assertInterruptedOnceWithoutALock();
    }

    static Stream<Error> whyAVirtualThreadCannotWait() {
        return Stream.of(new OutOfMemoryError("on purpose"), new StackOverflowError("on purpose"));
    }

    /** It needs memory, and a stack that is not too deep. Else it tries again: nobody may fail for want of a lock. */
    @ParameterizedTest
    @MethodSource("whyAVirtualThreadCannotWait")
    void writeLock_threadCannotWait_waitsAllTheSame(Error reason) {
        ShardLock held = new ShardLock(1) {
            private int naps;

            @Override
            void nap(long nanos) {
                if (++naps == 3) {
                    unlockWrite(stamp);
                }
                throw reason;
            }

            private final long stamp = writeLock();
        };
        assertThat(held.writeLock()).isPositive();
        assertThat(held.waiting()).isZero();
    }

    /** Whatever a wait fails with, nobody must be thought to wait any longer. */
    @Test
    void writeLockAndReadLock_waitFails_areNoLongerWaiting() {
        InternalError thrown = new InternalError("on purpose");
        ShardLock held = new ShardLock(1) {
            @Override
            void nap(long nanos) {
                throw thrown;
            }
        };
        long stamp = held.writeLock();
        assertThatThrownBy(held::writeLock).isSameAs(thrown);
        assertThatThrownBy(held::readLock).isSameAs(thrown);
        assertThat(held.waiting()).isZero();
        held.unlockWrite(stamp);
        assertThat(held.isWriteLocked()).isFalse();
    }

    @Test
    void writeLock_heldByReaders_waitsForTheLast() throws Exception {
        lock.readLock();
        lock.readLock();
        FutureTask<Boolean> waiting = Workers.start(() -> changeSomething(lock));
        Workers.await(lock.napping);
        lock.unlockRead(false);
        assertThat(lock.isReadLocked()).isTrue();
        assertThat(lock.tryWriteLock()).isZero();
        assertThat(waiting).isNotDone();
        lock.unlockRead(false);
        assertThat(Workers.result(waiting)).isTrue();
        assertThat(lock.isReadLocked()).isFalse();
    }

    /** A writer that waits goes first, but not for ever: the reader that it waits for may need this one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readLock_heldByAReaderThatAWriterWaitsFor_isTaken(int processors) throws Exception {
        NappingLock read = new NappingLock(processors);
        read.readLock();
        FutureTask<Boolean> waiting = Workers.start(() -> changeSomething(read));
        Workers.await(read.napping);
        FutureTask<Boolean> second = Workers.start(() -> {
            read.unlockRead(read.readLock());
            return true;
        });
        assertThat(Workers.result(second)).isTrue();
        assertThat(waiting).isNotDone();
        read.unlockRead(false);
        assertThat(Workers.result(waiting)).isTrue();
    }

    @Test
    void readLock_heldByAWriter_waits() throws Exception {
        long stamp = lock.writeLock();
        assertThat(lock.tryReadLock()).isFalse();
        FutureTask<Boolean> waiting = Workers.start(() -> {
            lock.unlockRead(lock.readLock());
            return true;
        });
        Workers.await(lock.napping);
        assertThat(lock.waiting()).as("so that a batch lets it in").isEqualTo(1);
        assertThat(waiting).isNotDone();
        lock.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
        assertThat(lock.waiting()).isZero();
    }

    /** One more would look like a writer's stamp. */
    @Test
    void tryReadLock_asManyReadersAsFit_isRefused() {
        long before = lock.tryOptimisticRead();
        for (int i = 0; i < MOST_READERS; i++) {
            assertThat(lock.tryReadLock()).isTrue();
        }
        assertThat(lock.tryReadLock()).isFalse();
        assertThat(lock.tryOptimisticRead()).isEqualTo(before);
        for (int i = 0; i < MOST_READERS; i++) {
            lock.unlockRead(false);
        }
        assertThat(lock.isReadLocked()).isFalse();
        assertThat(lock.validate(before)).isTrue();
    }

    @Test
    void validate_writerSince_isFalseAndReaderSince_isTrue() {
        long stamp = lock.tryOptimisticRead();
        assertThat(stamp).isNotZero();
        lock.readLock();
        assertThat(lock.validate(stamp)).isTrue();
        lock.unlockRead(false);
        assertThat(lock.validate(stamp)).isTrue();
        long held = lock.writeLock();
        assertThat(lock.tryOptimisticRead()).isZero();
        assertThat(lock.validate(stamp)).isFalse();
        lock.unlockWrite(held);
        assertThat(lock.validate(stamp)).isFalse();
        assertThat(lock.tryOptimisticRead()).isGreaterThan(stamp);
    }

    @Test
    void lockIfUnchanged_nobodySince_locks() {
        long held = lock.lockIfUnchanged(lock.tryOptimisticRead());
        assertThat(held).isNotZero();
        assertThat(lock.isWriteLocked()).isTrue();
        assertThat(lock.tryWriteLock()).isZero();
        lock.unlockWrite(held);
        assertThat(lock.isWriteLocked()).isFalse();
    }

    /** A writer came and went, is still there, or a reader is: what was seen may not be relied on. */
    @Test
    void lockIfUnchanged_othersSince_doesNotLock() {
        long stamp = lock.tryOptimisticRead();
        changeSomething(lock);
        assertThat(lock.lockIfUnchanged(stamp)).isZero();
        assertThat(lock.isWriteLocked()).isFalse();

        stamp = lock.tryOptimisticRead();
        lock.readLock();
        assertThat(lock.lockIfUnchanged(stamp)).isZero();
        lock.unlockRead(false);

        stamp = lock.tryOptimisticRead();
        long held = lock.writeLock();
        assertThat(lock.lockIfUnchanged(stamp)).isZero();
        assertThat(lock.lockIfUnchanged(lock.tryOptimisticRead())).isZero();
        lock.unlockWrite(held);
        assertThat(lock.lockIfUnchanged(0)).isZero();
    }

    /** It gives them time, not the lock: a writer that is not ready by then waits on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void letOthersIn_othersDoNotCome_returns(int processors) throws Exception {
        NappingLock held = new NappingLock(processors);
        long stamp = held.writeLock();
        FutureTask<Boolean> waiting = Workers.start(() -> changeSomething(held));
        Workers.await(held.napping);
        held.letOthersIn();
        assertThat(held.waiting()).isEqualTo(1);
        held.unlockWrite(stamp);
        assertThat(Workers.result(waiting)).isTrue();
    }

    private static int pausesBeforeTheFirstNap(int processors) {
        int[] pauses = new int[1];
        boolean[] napped = new boolean[1];
        ShardLock held = new ShardLock(processors) {
            @Override
            void nap(long nanos) {
                napped[0] = true;
            }
        };
        while (!napped[0]) {
            held.pause(pauses[0]);
            pauses[0]++;
        }
        return pauses[0] - 1;
    }

    /** The holder cannot go on while another thread spins. */
    @Test
    void pause_onTheOnlyProcessor_sleepsSoon() {
        assertThat(pausesBeforeTheFirstNap(1)).isLessThan(10);
    }

    @Test
    void pause_besideOtherProcessors_spinsBeforeItSleeps() {
        assertThat(pausesBeforeTheFirstNap(2)).isGreaterThan(1_000);
    }

    /** Nobody wakes a sleeper, so it must not sleep for long. */
    @Test
    void pause_howeverOften_sleepsForAboutAMillisecondAtMost() {
        long[] longest = new long[1];
        ShardLock held = new ShardLock(1) {
            @Override
            void nap(long nanos) {
                longest[0] = Math.max(longest[0], nanos);
            }
        };
        for (int tried = 0; tried < 100_000; tried++) {
            held.pause(tried);
        }
        assertThat(longest[0]).isBetween(500_000L, 1_100_000L);
    }
}
