package dev.rollcall;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a shard: a sequence lock, for short critical sections. One writer or several readers
 * hold it; readers that hold nothing can find out by its stamp whether a writer came between
 * ({@link #tryOptimisticRead}), and a writer can take it on the condition that none did ({@link
 * #lockIfUnchanged}). Not reentrant. A thread whose stack might overflow inside the section does
 * not get in ({@link StackRoom}).
 *
 * <p>Source: C. Lameter, "Effective Synchronization on Linux/NUMA Systems", Gelato 2005 (sequence
 * locks); H.-J. Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?", MSPC 2012
 * (the fences).
 */
class ShardLock extends LockPadding {
    /*
     * The word:
     *
     *     bit   0       a writer holds the lock
     *     bits  7..1    how many readers hold it
     *     bits  63..8   the stamp's number: how many writers have held it before; starts at 1
     *
     * A stamp is the word without its readers. It changes with every writer and only with writers.
     *
     * Releasing (D-16). A writer releases by a store with release semantics and no fence, so it
     * does not wait until its stores have left the processor. Until they have, other threads find
     * the lock taken. That is enough as long as each section makes its change visible by a volatile
     * access (L1), for this orders whatever the thread does afterwards behind the change:
     *
     * L1  Within a section, what another thread can observe without the lock changes by a volatile
     *     write or a compare-and-set: the link that publishes a session, its state word, the
     *     table's bucket count, a context.
     * L2  What changes otherwise (tallies, members, timers, the table's size) is read with the lock
     *     or between two equal stamps.
     *
     * Two threads that each change something and then look for the other's change cannot both miss
     * it. By L1 both changes are volatile accesses, as are the looks at them. By L2 the other looks
     * begin with a volatile read of the word. It shows the other thread's writer bit, set by a
     * compare-and-set before its change, or a stamp that its release wrote; so they wait, or see
     * all of the section.
     *
     * Waiting. A thread that finds the lock taken first spins, because a section takes far less
     * time than parking and waking. Then it yields, and then it sleeps, up to about a millisecond
     * at a time. Nobody is woken: to know of sleepers, a releasing thread would need a fence and a
     * read. A section lasts longer than the spinning only if its thread is not running.
     *
     * L3  A virtual thread that holds a lock stays on its carrier: it neither yields nor sleeps.
     *     Otherwise threads that wait for the lock, and cannot leave their carriers (within a
     *     monitor before JDK 24, or a native frame), could occupy all that there are, for ever. No
     *     section waits for anything; only a count waits for a lock while it holds others.
     *
     * L4  Whoever sleeps for a lock hides the thread's interrupt, and sets it again when the lock is
     *     released: Thread.interrupt() may be overridden, and no such code runs with a shard's lock
     *     held. Audits and changes of the limit hold a monitor meanwhile: it must not call these.
     */
    private static final VarHandle WORD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "word", VarHandle.class, ShardLock.class, long.class);
    private static final VarHandle WAITING = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "waiting", VarHandle.class, ShardLock.class, int.class);
    private static final VarHandle WAITING_READERS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "waitingReaders", VarHandle.class, ShardLock.class, int.class);

    private static final long WRITER = 1;
    private static final long READER = 2;
    private static final long READERS = 127 * READER;
    private static final long NEXT_STAMP = 256;

    /** Beside a stamp, where the readers are in the word: the thread's interrupt has to be set again (L4). */
    private static final long INTERRUPTED = 2;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /**
     * How often to try before yielding: longer than a batch takes, so that few yield beside a
     * sweep.
     */
    private static final int TRIES = 1 << 10;

    /**
     * How often to yield before sleeping, and how often to yield the only processor to waiting
     * threads.
     */
    private static final int YIELDS = 1 << 3;

    private static final long SHORTEST_NAP_NANOS = 1 << 15;
    private static final int DOUBLINGS = 5;

    private volatile long word = NEXT_STAMP;

    /** How many writers wait. */
    private volatile int waiting;

    private volatile int waitingReaders;

    /**
     * {@link #TRIES}, or 0 where spinning is of no use: with one processor the holder cannot go on
     * meanwhile.
     */
    private final int tries;

    ShardLock() {
        this(PROCESSORS);
    }

    /** Executes each kind of access once, and what only waiting threads do (see {@link Rehearsal}). */
    static void rehearse() {
        ShardLock lock = new ShardLock();
        lock.unlockWrite(lock.waitToWrite());
        lock.unlockWrite(lock.lockIfUnchanged(lock.tryOptimisticRead()));
        lock.unlockRead(lock.waitToRead(Carriers.isVirtualThread()));
        lock.validate(lock.tryOptimisticRead());
    }

    /** A lock for a machine with so many processors. */
    ShardLock(int processors) {
        tries = processors > 1 ? TRIES : 0;
    }

    /** Takes the lock for writing; returns what {@link #unlockWrite} needs. */
    final long writeLock() {
        StackRoom.check();
        long stamp = tryWriteLock();
        return stamp != 0 ? stamp : waitToWrite();
    }

    /**
     * Takes the lock for writing if it is free and no writer has held it since a stamp was read. So
     * whatever was read after the stamp still holds.
     *
     * @param stamp from {@link #tryOptimisticRead}; 0 always fails
     * @return what {@link #unlockWrite} needs, or 0 if the lock was not taken
     */
    final long lockIfUnchanged(long stamp) {
        StackRoom.check();
        return stamp != 0 && tryLock(stamp) ? stamp : 0;
    }

    final long tryWriteLock() {
        long free = word;
        return (free & (WRITER | READERS)) == 0 && tryLock(free) ? free : 0;
    }

    private boolean tryLock(long free) {
        if (!WORD.compareAndSet(this, free, free | WRITER)) {
            return false;
        }
        // Readers without the lock must not see a write of the section and yet the former stamp.
        VarHandle.storeStoreFence();
        return true;
    }

    private long waitToWrite() {
        WAITING.getAndAdd(this, 1);
        boolean isInterrupted = false;
        try {
            for (int i = 0; ; i++) {
                isInterrupted |= hidesInterrupt(i);
                pause(i);
                long stamp = tryWriteLock();
                if (stamp != 0) {
                    return isInterrupted ? stamp | INTERRUPTED : stamp;
                }
            }
        } finally {
            WAITING.getAndAdd(this, -1);
        }
    }

    /**
     * Clears the thread's interrupt before it sleeps; true if there was one. An interrupted thread does not sleep, and a
     * virtual one keeps its carrier. Set again before the next nap, it would wake the thread from that, too.
     */
    private boolean hidesInterrupt(int tried) {
        return tried >= tries + YIELDS && Thread.interrupted();
    }

    private static void interrupt() {
        try {
            Thread.currentThread().interrupt();
        } catch (Throwable ignored) {
            // Overridden, and none of the manager's affairs: what the lock was taken for goes on.
        }
    }

    /** Before one more try. */
    final void pause(int tried) {
        if (tried < tries) {
            Thread.onSpinWait();
        } else if (tried < tries + YIELDS) {
            Carriers.yieldIfPossible();
        } else {
            try {
                nap(SHORTEST_NAP_NANOS << Math.min(tried - tries - YIELDS, DOUBLINGS));
            } catch (OutOfMemoryError | StackOverflowError cannot) { // see Carriers; no wait for a lock may fail
                Thread.onSpinWait();
            }
        }
    }

    /** Not final, for tests. */
    void nap(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /**
     * Releases the lock; see the overview for what that means to other threads.
     *
     * @return the stamp from now on
     */
    final long unlockWrite(long stamp) {
        long next = (stamp & ~INTERRUPTED) + NEXT_STAMP;
        WORD.setRelease(this, next);
        if ((stamp & INTERRUPTED) != 0) {
            interrupt();
        }
        return next;
    }

    /**
     * Takes the lock for reading, beside other readers. If writers wait they go first, for a time:
     * otherwise readers that come often enough could keep them out for ever, and they the readers.
     *
     * @return what {@link #unlockRead} needs
     */
    final boolean readLock() {
        return readLock(false);
    }

    /**
     * As above.
     *
     * @param holdsOthers whether the thread holds locks already (L3)
     */
    final boolean readLock(boolean holdsOthers) {
        StackRoom.check();
        return (waiting != 0 || !tryReadLock()) && waitToRead(holdsOthers && Carriers.isVirtualThread());
    }

    private boolean waitToRead(boolean staysMounted) {
        WAITING_READERS.getAndAdd(this, 1);
        boolean isInterrupted = false;
        try {
            for (int i = 0; (waiting != 0 && i < tries + YIELDS) || !tryReadLock(); i++) {
                if (staysMounted) {
                    Thread.onSpinWait();
                } else {
                    isInterrupted |= hidesInterrupt(i);
                    pause(i);
                }
            }
            return isInterrupted;
        } finally {
            WAITING_READERS.getAndAdd(this, -1);
        }
    }

    final boolean tryReadLock() {
        long seen = word;
        return (seen & WRITER) == 0 && (seen & READERS) != READERS && WORD.compareAndSet(this, seen, seen + READER);
    }

    /**
     * Releases the lock.
     *
     * @param isInterrupted what {@link #readLock} returned; of several locks, the last one released gets it
     */
    final void unlockRead(boolean isInterrupted) {
        WORD.getAndAdd(this, -READER);
        if (isInterrupted) {
            interrupt();
        }
    }

    /** A stamp, or 0 if a writer holds the lock. */
    final long tryOptimisticRead() {
        long seen = word;
        return (seen & WRITER) == 0 ? seen & ~READERS : 0;
    }

    /** Whether no writer has held the lock since the stamp was read. */
    final boolean validate(long stamp) {
        // What was read in between must not be read later than the word.
        VarHandle.acquireFence();
        return (word & ~READERS) == stamp;
    }

    final boolean isWriteLocked() {
        return (word & WRITER) != 0;
    }

    final boolean isReadLocked() {
        return (word & READERS) != 0;
    }

    /** How many threads wait. */
    final int waiting() {
        return waiting + waitingReaders;
    }

    /**
     * Gives threads that wait the time to take the lock. Called with the lock released, between two
     * batches: otherwise the holder would take it again before they have noticed. Returns after a
     * bounded time even if they do not come.
     */
    final void letOthersIn() {
        if (tries == 0) { // with one processor nobody comes in otherwise
            for (int i = 0; waiting() != 0 && i < YIELDS; i++) {
                Carriers.yieldIfPossible();
            }
        } else {
            for (int i = 0; waiting() != 0 && i < tries; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
