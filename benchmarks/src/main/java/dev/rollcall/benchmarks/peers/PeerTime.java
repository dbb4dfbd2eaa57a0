package dev.rollcall.benchmarks.peers;

import dev.rollcall.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The time that a peer lives in: the system's, or one that only passes by hand. */
public final class PeerTime implements Ticker {
    private static final PeerTime SYSTEM = new PeerTime(null);

    private final AtomicLong byHand;

    private PeerTime(AtomicLong byHand) {
        this.byHand = byHand;
    }

    /** {@link System#nanoTime}. */
    public static PeerTime system() {
        return SYSTEM;
    }

    /** One that stands still but for {@link #advance}. */
    public static PeerTime byHand() {
        return new PeerTime(new AtomicLong());
    }

    @Override
    public long nanos() {
        return byHand == null ? System.nanoTime() : byHand.get();
    }

    /** Moves on, or waits until it has. */
    public void advance(Duration by) {
        if (byHand != null) {
            byHand.addAndGet(by.toNanos());
            return;
        }
        long start = System.nanoTime();
        long left = by.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = by.toNanos() - (System.nanoTime() - start);
        }
    }
}
