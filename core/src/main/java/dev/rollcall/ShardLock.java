package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.StampedLock;

/**
 * A stamped lock whose acquirers spin for a while before they park, which takes longer than a
 * critical section by two orders of magnitude; and whose holder, between two batches, can let them
 * in (D-16). A StampedLock alone is taken again by whoever has just released it, long before a
 * parked thread has been woken.
 */
final class ShardLock extends StampedLock {
    private static final long serialVersionUID = 1L;
    private static final VarHandle WAITING = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "waiting", VarHandle.class, ShardLock.class, int.class);

    /** How often to try before parking: longer than a batch takes, so that few park beside a sweep. */
    private static final int TRIES = 1 << 10;

    /** How many writers spin or park. */
    transient volatile int waiting;

    @Override
    public long writeLock() {
        long stamp = tryWriteLock();
        return stamp != 0 ? stamp : waitToWrite();
    }

    private long waitToWrite() {
        WAITING.getAndAdd(this, 1);
        try {
            for (int i = 0; i < TRIES; i++) {
                Thread.onSpinWait();
                long stamp = tryWriteLock();
                if (stamp != 0) {
                    return stamp;
                }
            }
            return super.writeLock();
        } finally {
            WAITING.getAndAdd(this, -1);
        }
    }

    @Override
    public long readLock() {
        for (int i = 0; i < TRIES; i++) {
            long stamp = tryReadLock();
            if (stamp != 0) {
                return stamp;
            }
            Thread.onSpinWait();
        }
        return super.readLock();
    }

    /** Between two batches, the lock released: gives writers who wait the time to come first. */
    void letOthersIn() {
        for (int i = 0; waiting != 0 && i < TRIES; i++) {
            Thread.onSpinWait();
        }
    }
}
