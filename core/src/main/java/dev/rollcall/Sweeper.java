package dev.rollcall;

import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The manager's own thread: sweeps once per period until it is stopped. It does not keep the
 * manager alive: if the application forgets the manager, and all its sessions and transports,
 * without closing it, the thread ends.
 */
class Sweeper implements Runnable {
    private final WeakReference<SessionManager<?>> manager;
    private final long periodNanos;
    private final Thread thread;
    private volatile boolean stopped;

    /** Makes the thread. */
    Sweeper(SessionManager<?> manager, long periodNanos, ThreadFactory factory) {
        this.manager = new WeakReference<>(manager);
        this.periodNanos = periodNanos;
        this.thread = Objects.requireNonNull(factory.newThread(this), "sweeper thread factory gave no thread");
    }

    /**
     * Makes the thread and starts it.
     *
     * @throws RuntimeException whatever the factory throws
     */
    static Sweeper start(SessionManager<?> manager, long periodNanos, ThreadFactory factory) {
        Sweeper sweeper = new Sweeper(manager, periodNanos, factory);
        sweeper.thread.start();
        return sweeper;
    }

    /**
     * Makes daemon threads that take over nothing from the thread that builds the manager, neither
     * inheritable thread locals nor the context class loader: they would stay alive with them.
     */
    static ThreadFactory threads(String managerName) {
        return task -> {
            Thread thread = new Thread(null, task, "rollcall-sweeper-" + managerName, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }

    private void await(long nanos) {
        try {
            park(nanos);
        } catch (OutOfMemoryError full) { // a virtual thread needs memory to wait
            Thread.onSpinWait();
        }
    }

    /** Not final, for tests. */
    void park(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Not final, for tests. */
    long nanos() {
        return System.nanoTime();
    }

    /** Does not wait for the thread, which may be the caller, in a listener. */
    final void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public final void run() {
        long next = nanos() + periodNanos;
        while (!stopped) {
            await(next - nanos());
            // Left by a listener: nothing stops this thread but stop(), and parking would return at
            // once.
            Thread.interrupted();
            long now = nanos();
            if (now - next < 0) {
                continue;
            }
            if (!sweepOnce()) {
                return;
            }
            // From now, not from when it was due: after a pause one sweep does for all that it
            // missed.
            next = now + periodNanos;
        }
    }

    /**
     * In a frame of its own, so that a parked thread holds no reference. False if the manager is
     * gone.
     */
    private boolean sweepOnce() {
        SessionManager<?> present = manager.get();
        if (present == null) {
            return false;
        }
        try {
            present.sweep();
        } catch (Throwable thrown) { // say, a ticker that fails once: the next sweep makes up for it
            Log.failure(Level.ERROR, "sweep failed; the next one will end what is due: ", present, thrown);
        }
        return true;
    }
}
