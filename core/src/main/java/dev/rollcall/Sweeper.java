package dev.rollcall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The manager's own thread: sweeps once per period until it is stopped. */
final class Sweeper implements Runnable {
    private static final Logger LOGGER = System.getLogger("dev.rollcall");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SessionManager<?> manager;
    private final long periodNanos;
    private final Thread thread;
    private volatile boolean stopped;

    private Sweeper(SessionManager<?> manager, Duration period) {
        this.manager = manager;
        this.periodNanos = period.toNanos();
        this.thread = new Thread(this, "rollcall-sweeper-" + NUMBER.incrementAndGet());
        this.thread.setDaemon(true);
    }

    static Sweeper start(SessionManager<?> manager, Duration period) {
        Sweeper sweeper = new Sweeper(manager, period);
        sweeper.thread.start();
        return sweeper;
    }

    /** Does not wait for the thread, which may be the caller, in a listener. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long next = System.nanoTime() + periodNanos;
        while (!stopped) {
            LockSupport.parkNanos(next - System.nanoTime());
            // Left by a listener: nothing stops this thread but stop(), and parking would return at once.
            Thread.interrupted();
            long now = System.nanoTime();
            if (now - next < 0) {
                continue;
            }
            sweepOnce();
            // From now, not from when it was due: after a pause one sweep does for all that it missed.
            next = now + periodNanos;
        }
    }

    private void sweepOnce() {
        try {
            manager.sweep();
        } catch (Throwable thrown) { // say, a ticker that fails once: the next sweep makes up for it
            LOGGER.log(Level.ERROR, "sweep failed; the next one will end what is due", thrown);
        }
    }
}
