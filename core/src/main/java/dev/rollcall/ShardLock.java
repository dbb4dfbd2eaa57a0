package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.StampedLock;

/**
 * A stamped lock for short critical sections (D-16). It differs from {@link StampedLock} in three ways.
 *
 * <p>A thread whose stack might overflow inside the critical section does not get in ({@link StackRoom}).
 *
 * <p>A thread that finds it taken spins for a while before it parks, because parking and being woken
 * takes longer than a critical section by two orders of magnitude. With one processor there is no
 * spinning: the holder cannot run while another thread spins.
 *
 * <p>A holder that works in batches can let waiting threads in between two of them ({@link
 * #letOthersIn}). Without that it would take the lock again long before a parked thread has been
 * woken, and threads would wait until all batches are done.
 */
class ShardLock extends StampedLock {
    private static final long serialVersionUID = 1L;
    private static final VarHandle WAITING = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "waiting", VarHandle.class, ShardLock.class, int.class);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** How often to try before parking: longer than a batch takes, so that few park beside a sweep. */
    private static final int TRIES = 1 << 10;

    /** How often a holder yields the only processor to threads that wait. */
    private static final int YIELDS = 1 << 3;

    /** {@link #TRIES}, or 0 where spinning is of no use. */
    private final int tries;

    /** How many writers spin or park. */
    transient volatile int waiting;

    ShardLock() {
        this(PROCESSORS);
    }

    /** A lock for a machine with so many processors. */
    ShardLock(int processors) {
        tries = processors > 1 ? TRIES : 0;
    }

    @Override
    public long writeLock() {
        StackRoom.check();
        long stamp = tryWriteLock();
        return stamp != 0 ? stamp : waitToWrite();
    }

    private long waitToWrite() {
        WAITING.getAndAdd(this, 1);
        try {
            for (int i = 0; i < tries; i++) {
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
        StackRoom.check();
        for (int i = 0; i < tries; i++) {
            long stamp = tryReadLock();
            if (stamp != 0) {
                return stamp;
            }
            Thread.onSpinWait();
        }
        return super.readLock();
    }

    /**
     * Gives writers that wait the time to take the lock. Called with the lock released, between two
     * batches. Returns after a bounded time even if they do not come.
     */
    void letOthersIn() {
        if (tries == 0) {
            for (int i = 0; waiting != 0 && i < YIELDS; i++) {
                Thread.yield();
            }
        } else {
            for (int i = 0; waiting != 0 && i < tries; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
