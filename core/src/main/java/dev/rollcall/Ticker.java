package dev.rollcall;

/**
 * A monotonic source of time. Readings are nanoseconds from an arbitrary origin and may wrap around
 * at {@link Long#MAX_VALUE}; only the difference of two readings means anything.
 *
 * <p>While a ticker stands still, no session times out. When it jumps ahead, every deadline that it
 * jumped over is due; with a coarse clock, of a jump that is longer than the time between two sweeps
 * only that much counts. When it goes back, it is treated as if it stood still until it has caught up
 * with its reading at the latest sweep.
 * None of this disturbs a count. Implementations must be thread-safe and cheap, since every
 * keepalive reads the ticker unless the manager has a coarse clock.
 */
@FunctionalInterface
public interface Ticker {
    /**
     * The current reading.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanos();

    /**
     * The system's monotonic clock, {@link System#nanoTime()}.
     *
     * @return the ticker that managers use by default
     */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
