package dev.rollcall;

/**
 * A monotonic source of time. Readings are nanoseconds from an arbitrary origin and may wrap around
 * at {@link Long#MAX_VALUE}; only differences mean anything.
 *
 * <p>A ticker that stands still stops all timeouts; one that jumps ahead makes due what it jumped
 * over; one that goes back is treated as if it stood still. None of these can disturb a count.
 * Implementations must be thread-safe and cheap: every keepalive reads one.
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
