package dev.rollcall.lincheck;

import java.util.concurrent.atomic.AtomicLong;

/** A shard's lock in miniature: a stamp that is odd while the lock is held, and otherwise the next even number. */
final class SmallLock {
    private final AtomicLong word = new AtomicLong(2);

    /** A stamp, or 0 if the lock is held. */
    long tryOptimisticRead() {
        long seen = word.get();
        return isHeld(seen) ? 0 : seen;
    }

    /** Takes the lock if the stamp is still the same; returns it, or 0. */
    long lockIfUnchanged(long stamp) {
        return stamp != 0 && word.compareAndSet(stamp, stamp + 1) ? stamp : 0;
    }

    long writeLock() {
        long stamp = lockIfUnchanged(tryOptimisticRead());
        while (stamp == 0) {
            Thread.onSpinWait();
            stamp = lockIfUnchanged(tryOptimisticRead());
        }
        return stamp;
    }

    void unlockWrite(long stamp) {
        word.set(stamp + 2);
    }

    boolean validate(long stamp) {
        return word.get() == stamp;
    }

    private static boolean isHeld(long seen) {
        return (seen & 1) != 0;
    }
}
